package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Over a collection whose iterators go one way only. How to go back depends on its {@link
 * IteratorKind}: another iterator goes the way again, or what was fetched ahead is kept.
 */
final class CollectionCursor extends Cursor {
  private final Collection<?> collection;
  private final IteratorKind kind;
  private final Deque<Taken> ahead = new ArrayDeque<>();
  private final List<Taken> batch = new ArrayList<>();
  private Iterator<?> iterator;
  private int index;
  private int size;
  private boolean unordered;

  /** An element, which may be null. */
  private record Taken(@Nullable Object element) {}

  CollectionCursor(Collection<?> collection) {
    super(IteratorKind.givesEntries(collection));
    this.collection = collection;
    this.iterator = collection.iterator();
    this.kind = IteratorKind.of(iterator);
    this.size = size();
  }

  @Override
  protected int begin(int max) {
    batch.clear();
    return unordered ? 1 : max;
  }

  @Override
  protected boolean hasMore() {
    return !ahead.isEmpty() || iterator.hasNext();
  }

  @Override
  protected @Nullable Object advance() {
    @Nullable Taken kept = ahead.poll();
    Taken next = kept == null ? new Taken(iterator.next()) : kept;
    index++;
    batch.add(next);
    return next.element();
  }

  @Override
  @Nullable Boolean rewind(int untaken) {
    if (kind != IteratorKind.FAILS_FAST) {
      return null;
    }
    if (untaken > 0 && isModified()) {
      fail(new ConcurrentModificationException());
      return true;
    }
    if (untaken > 0) {
      restart(untaken);
    }
    return iterator.hasNext();
  }

  @Override
  boolean remove(int untaken) {
    if (untaken == 0 && ahead.isEmpty()) {
      iterator.remove();
    } else {
      removeBehind(untaken);
    }
    index--;
    size = size();
    unordered = collection instanceof PriorityQueue;
    return hasMore();
  }

  private void removeBehind(int untaken) {
    if (kind == IteratorKind.FAILS_FAST) {
      if (isModified()) {
        throw new ConcurrentModificationException();
      }
      restart(untaken);
      iterator.remove();
      return;
    }
    List<Taken> kept = batch.subList(batch.size() - untaken, batch.size());
    @Nullable Object element = batch.get(batch.size() - untaken - 1).element();
    index -= untaken;
    @Nullable Iterator<?> behind = behind(element);
    if (behind != null) {
      behind.remove();
    }
    if (kind == IteratorKind.GOES_ON) {
      for (int i = kept.size() - 1; i >= 0; i--) {
        ahead.push(kept.get(i));
      }
    } else if (behind == null) {
      throw new ConcurrentModificationException(
          "The element to remove has been removed meanwhile: " + collection.getClass().getName());
    } else {
      iterator = behind;
    }
  }

  @Override
  ListIterator<?> settle(int untaken, boolean taken) {
    throw new UnsupportedOperationException("Only lists have list iterators");
  }

  private int size() {
    return kind == IteratorKind.FAILS_FAST ? collection.size() : 0;
  }

  /** Asks the iterator, which is to be restarted if not. */
  private boolean isModified() {
    try {
      iterator.next();
      return false;
    } catch (ConcurrentModificationException e) {
      return true;
    } catch (NoSuchElementException e) {
      return collection.size() != size;
    }
  }

  private void restart(int untaken) {
    index -= untaken;
    iterator = collection.iterator();
    for (int i = 0; i < index; i++) {
      iterator.next();
    }
  }

  /** Another iterator, behind this element, of equal ones the one that was taken; null if none. */
  private @Nullable Iterator<?> behind(@Nullable Object element) {
    @Nullable Object last = null;
    Iterator<?> other = collection.iterator();
    int steps = 0;
    for (; steps < index && other.hasNext(); steps++) {
      last = other.next();
    }
    if (steps == index && isSame(last, element)) {
      return other;
    }
    other = collection.iterator();
    while (other.hasNext()) {
      if (isSame(other.next(), element)) {
        return other;
      }
    }
    return null;
  }

  private boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Map.Entry<?, ?> entry
        && other instanceof Map.Entry<?, ?> wanted
        && isLive(entry)) {
      return isSame(entry.getKey(), wanted.getKey());
    }
    return one == other || (one != null && one.equals(other));
  }
}
