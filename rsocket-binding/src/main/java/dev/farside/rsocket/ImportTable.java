package dev.farside.rsocket;

import dev.farside.ProtocolException;
import dev.farside.codec.Message.Release;
import dev.farside.codec.Shape;
import dev.farside.codec.Target;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The peer's objects that we hold: weak, one entry an object, counted by how often its reference
 * was received. An entry lives while its {@link RemoteObject} is in use or a message that contains
 * it has not been decoded; whichever ends last sends the release. Guarded by its own monitor, which
 * is never held while sending.
 */
final class ImportTable {
  private final Map<Long, Import> byId = new HashMap<>();
  private final Session session;
  private final ReferenceQueue<Object> collected;
  private final Consumer<List<Release.Count>> releases;

  /**
   * A table of one session.
   *
   * @param collected where the references to objects out of use are queued
   * @param releases sends releases
   */
  ImportTable(
      Session session, ReferenceQueue<Object> collected, Consumer<List<Release.Count>> releases) {
    this.session = session;
    this.collected = collected;
    this.releases = releases;
  }

  /** Counts a received reference and keeps its entry until {@link #unpin}. */
  synchronized Import receive(long id, Shape shape) {
    Import entry = byId.computeIfAbsent(id, i -> new Import(id, shape));
    entry.received++;
    entry.pins++;
    return entry;
  }

  /** The object of a pinned entry: the same one while it is in use. */
  synchronized RemoteObject object(Import entry) {
    @Nullable InUse inUse = entry.inUse;
    @Nullable RemoteObject known = inUse == null ? null : inUse.get();
    if (known != null) {
      return known;
    }
    if (entry.pins == 0) {
      throw new ProtocolException("A message was decoded after it was closed");
    }
    var object = new RemoteObject(session, new Target.Export(entry.id), entry.shape);
    entry.inUse = new InUse(object, this, entry, collected);
    return object;
  }

  /** The message that pinned this entry has been decoded or dropped. */
  void unpin(Import entry) {
    boolean gone;
    synchronized (this) {
      entry.pins--;
      gone = entry.isUnused() && byId.remove(entry.id, entry);
    }
    release(entry, gone);
  }

  /** Ends a reference although its object may be in use. */
  void release(long id) {
    @Nullable Import entry;
    synchronized (this) {
      entry = byId.remove(id);
    }
    if (entry != null) {
      release(entry, true);
    }
  }

  synchronized int size() {
    return byId.size();
  }

  /** The connection has ended: there is nobody to release to. */
  synchronized void close() {
    byId.clear();
  }

  private void collected(Import entry, InUse reference) {
    boolean gone;
    synchronized (this) {
      gone = entry.inUse == reference && entry.pins == 0 && byId.remove(entry.id, entry);
    }
    release(entry, gone);
  }

  private void release(Import entry, boolean gone) {
    if (gone) {
      releases.accept(List.of(new Release.Count(entry.id, entry.received)));
    }
  }

  /** One entry; its fields are guarded by the table's monitor. */
  static final class Import {
    private final long id;
    private final Shape shape;
    private long received;
    private int pins;
    private @Nullable InUse inUse;

    Import(long id, Shape shape) {
      this.id = id;
      this.shape = shape;
    }

    Shape shape() {
      return shape;
    }

    private boolean isUnused() {
      return pins == 0 && (inUse == null || inUse.refersTo(null));
    }
  }

  /** Tells when an object is out of use. */
  static final class InUse extends WeakReference<RemoteObject> implements Reclaimer.Reclaimable {
    private final ImportTable table;
    private final Import entry;

    InUse(RemoteObject object, ImportTable table, Import entry, ReferenceQueue<Object> collected) {
      super(object, collected);
      this.table = table;
      this.entry = entry;
    }

    @Override
    public void reclaim() {
      table.collected(entry, this);
    }
  }
}
