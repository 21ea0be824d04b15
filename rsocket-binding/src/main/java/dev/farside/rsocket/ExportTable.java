package dev.farside.rsocket;

import dev.farside.StaleReferenceException;
import dev.farside.codec.Message.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our objects that one peer holds: strong, one entry an object, counted by how often a reference to
 * it was sent. An entry ends when the peer has released as many, or when the connection ends.
 * Guarded by its own monitor, which is never held during foreign code.
 */
final class ExportTable {
  private final Map<Long, Export> byId = new HashMap<>();
  private final IdentityHashMap<Object, Export> byObject = new IdentityHashMap<>();
  private final ExportCensus census;
  private long lastId;
  private boolean closed;

  ExportTable(ExportCensus census) {
    this.census = census;
  }

  /** Notes that a reference to this object is about to be sent, and gives its number. */
  synchronized long send(Object object) {
    @Nullable Export export = byObject.get(object);
    if (export == null) {
      export = new Export(++lastId, object);
      if (!closed) {
        byObject.put(object, export);
        byId.put(export.id, export);
        census.add(object);
      }
    }
    export.sent++;
    return export.id;
  }

  /** The object of this number. */
  synchronized Object get(long id) {
    @Nullable Export export = byId.get(id);
    if (export == null) {
      throw new StaleReferenceException(
          "The object #" + id + " is not referenced any more: it was released; look it up again");
    }
    return export.object;
  }

  /** The object of this number, if there is one. */
  synchronized @Nullable Object find(long id) {
    @Nullable Export export = byId.get(id);
    return export == null ? null : export.object;
  }

  synchronized int size() {
    return byId.size();
  }

  /** Takes back what the peer let go. */
  void release(List<Release.Count> counts) {
    for (Release.Count count : counts) {
      @Nullable Object gone = release(count.id(), count.received());
      if (gone != null) {
        census.remove(gone);
      }
    }
  }

  private synchronized @Nullable Object release(long id, long count) {
    @Nullable Export export = byId.get(id);
    if (export == null) {
      return null;
    }
    export.sent -= count;
    if (export.sent > 0) {
      return null;
    }
    byId.remove(id);
    byObject.remove(export.object);
    return export.object;
  }

  /** Takes back everything; later entries are not kept. */
  void close() {
    List<Export> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(byId.values());
      byId.clear();
      byObject.clear();
    }
    all.forEach(export -> census.remove(export.object));
  }

  private static final class Export {
    final long id;
    final Object object;
    long sent;

    Export(long id, Object object) {
      this.id = id;
      this.object = object;
    }
  }
}
