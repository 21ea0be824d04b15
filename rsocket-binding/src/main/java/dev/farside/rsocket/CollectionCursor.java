package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Over a collection whose iterators go one way only: to go back, another iterator goes the way
 * again. That is what a caller expects of collections that fail fast; others may show a change or
 * not.
 */
final class CollectionCursor extends Cursor {
  private final Collection<?> collection;
  private final boolean failsFast;
  private final List<@Nullable Object> batch = new ArrayList<>();
  private Iterator<?> iterator;
  private int index;
  private int size;

  CollectionCursor(Collection<?> collection) {
    this.collection = collection;
    String name = collection.getClass().getName();
    this.failsFast = name.startsWith("java.util.") && !name.startsWith("java.util.concurrent.");
    this.iterator = collection.iterator();
    this.size = failsFast ? collection.size() : 0;
  }

  @Override
  protected void begin() {
    batch.clear();
  }

  @Override
  protected boolean hasMore() {
    return iterator.hasNext();
  }

  @Override
  protected @Nullable Object advance() {
    @Nullable Object element = iterator.next();
    index++;
    batch.add(element);
    return element;
  }

  @Override
  @Nullable Boolean rewind(int untaken) {
    if (!failsFast) {
      return null;
    }
    if (isModified()) {
      fail(new ConcurrentModificationException());
      return untaken > 0 || iterator.hasNext();
    }
    restart(untaken);
    return iterator.hasNext();
  }

  @Override
  boolean remove(int untaken) {
    if (untaken > 0) {
      if (!failsFast) {
        find(batch.get(batch.size() - untaken - 1));
      } else if (isModified()) {
        throw new ConcurrentModificationException();
      } else {
        restart(untaken);
      }
    }
    iterator.remove();
    index--;
    size = failsFast ? collection.size() : 0;
    return iterator.hasNext();
  }

  @Override
  ListIterator<?> settle(int untaken, boolean taken) {
    throw new UnsupportedOperationException("Only lists have list iterators");
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

  /** Goes behind this element; if it is gone, an iterator that may remove nothing remains. */
  private void find(@Nullable Object element) {
    iterator = collection.iterator();
    while (iterator.hasNext()) {
      @Nullable Object next = iterator.next();
      if (next == element || (next != null && next.equals(element))) {
        return;
      }
    }
    throw new ConcurrentModificationException(
        "The element to remove has been removed meanwhile: " + collection.getClass().getName());
  }
}
