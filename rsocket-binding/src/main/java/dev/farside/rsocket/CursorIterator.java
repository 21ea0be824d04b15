package dev.farside.rsocket;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller's half of an iteration that travels in batches: a few elements at first, then ever
 * more. What this side does to the collection meanwhile is noticed with the next step, as by an
 * iterator over here; what others do, with the next batch. For one thread at a time.
 */
class CursorIterator implements Iterator<Object> {
  /** How many elements of collections of the JDK are fetched at first. */
  static final int FIRST = 8;

  private final RemoteCursor cursor;
  private final Changes changes;
  private Object[] batch = {};
  private int taken;
  private @Nullable Boolean more;
  private boolean last;
  private boolean lasting;
  private long seen;

  /** Before the first element of a collection. */
  CursorIterator(RemoteObject collection, String text) {
    this(collection.changes(), text, () -> CollectionMethods.open(collection, text, FIRST));
  }

  /** Before the element at an index of a list. */
  CursorIterator(RemoteObject list, String text, int index) {
    this(list.changes(), text, () -> CollectionMethods.open(list, text, index, FIRST));
  }

  /** Where a cursor is, of which there is a batch. */
  CursorIterator(RemoteObject iterable, String text, Object[] opened) {
    this(iterable.changes(), text, () -> CollectionMethods.opened(text, opened));
  }

  /** Behind the last element of a deque or set. */
  static CursorIterator descending(RemoteObject collection, String text) {
    return new CursorIterator(
        collection.changes(),
        text,
        () -> CollectionMethods.openDescending(collection, text, FIRST));
  }

  private CursorIterator(Changes changes, String text, Supplier<Object[]> open) {
    this.changes = changes;
    this.seen = changes.count();
    Object[] opened = open.get();
    this.cursor = new RemoteCursor(opened[0], text);
    take(CursorBatch.of(opened[1]));
  }

  @Override
  public boolean hasNext() {
    revalidate();
    if (untaken() == 0 && more == null) {
      fetch();
    }
    return untaken() > 0 || !isEnd();
  }

  @Override
  public @Nullable Object next() {
    revalidate();
    for (int i = 0; untaken() == 0 && i < 3; i++) { // none; why; thrown
      fetch();
    }
    if (untaken() == 0) {
      throw new NoSuchElementException();
    }
    last = true;
    return batch[taken++];
  }

  @Override
  public void remove() {
    checkTaken();
    @Nullable Boolean follow = cursor.remove(untaken());
    last = false;
    boolean current = follow != null || seen == changes.count();
    long now = changes.increment();
    seen = current ? now : seen;
    if (follow != null) {
      more = follow;
      drop();
    }
  }

  /** What nothing was taken of, cannot change the collection, and says so as its owner does. */
  final void checkTaken() {
    if (!last) {
      cursor.removeNothing();
      throw new IllegalStateException();
    }
  }

  final int untaken() {
    return batch.length - taken;
  }

  final boolean tookLast() {
    return last;
  }

  /** Whether the last step was to take an element. */
  final void setTookLast(boolean taken) {
    last = taken;
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
    boolean beforeLast = untaken() == 1 && isEnd();
    if (now == seen || (lasting && !beforeLast)) {
      return;
    }
    @Nullable Boolean follow = cursor.rewind(untaken());
    if (follow != null) {
      more = follow;
      drop();
      seen = now;
    } else {
      lasting = true;
      seen = beforeLast ? now : seen;
    }
  }

  private boolean isEnd() {
    return Boolean.FALSE.equals(more);
  }

  private void fetch() {
    int size = batch.length == 0 ? 1 : Batches.grown(batch.length);
    take(cursor.next(isEnd() ? 0 : size));
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
