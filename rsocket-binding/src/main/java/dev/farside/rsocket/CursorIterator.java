package dev.farside.rsocket;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The caller's half of an iteration that travels in batches: a few elements at first, then ever
 * more. What this side does to the collection meanwhile is noticed with the next step, as by an
 * iterator over here; what others do, with the next batch. For one thread at a time.
 */
class CursorIterator implements Iterator<Object> {
  private static final int FIRST = 8;

  private final RemoteCursor cursor;
  private final Changes changes;
  private Object[] batch = {};
  private int taken;
  private boolean more;
  private boolean last;
  private boolean live = true;
  private long seen;

  /** Before the element at an index of a collection. */
  CursorIterator(RemoteObject collection, String text, int index) {
    this.changes = collection.changes();
    this.seen = changes.count();
    Object[] opened = CollectionMethods.open(collection, text, index, FIRST);
    this.cursor = new RemoteCursor(opened[0], text);
    take(CursorBatch.of(opened[1]));
  }

  @Override
  public boolean hasNext() {
    revalidate();
    return taken < batch.length || more;
  }

  @Override
  public @Nullable Object next() {
    revalidate();
    if (taken == batch.length) {
      if (!more) {
        throw new NoSuchElementException();
      }
      take(cursor.next(batch.length == 0 ? 1 : Batches.grown(batch.length)));
      if (batch.length == 0) {
        throw new NoSuchElementException();
      }
    }
    last = true;
    return batch[taken++];
  }

  @Override
  public void remove() {
    if (!last) {
      throw new IllegalStateException();
    }
    more = cursor.remove(untaken());
    last = false;
    drop();
    seen = changes.increment();
  }

  final int untaken() {
    return batch.length - taken;
  }

  final boolean tookLast() {
    return last;
  }

  final RemoteCursor cursor() {
    return cursor;
  }

  final Changes changes() {
    return changes;
  }

  /** Forgets what was fetched ahead. */
  private void drop() {
    batch = new Object[0];
    taken = 0;
  }

  /** This side may have changed the collection since elements were fetched. */
  private void revalidate() {
    long now = changes.count();
    if (live && now != seen) {
      @Nullable Boolean follow = cursor.rewind(untaken());
      seen = now;
      if (follow == null) {
        live = false;
      } else {
        more = follow;
        drop();
      }
    }
  }

  private void take(CursorBatch given) {
    more = given.more();
    batch = given.elements();
    taken = 0;
    int number = given.firstEntry();
    for (int index : given.entries()) {
      Object[] entry = (Object[]) batch[index];
      batch[index] = new CursorEntry(cursor, changes, number++, entry[0], entry[1]);
    }
  }
}
