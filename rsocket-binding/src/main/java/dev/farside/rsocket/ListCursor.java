package dev.farside.rsocket;

import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** Over a list, whose iterators go both ways. */
final class ListCursor extends Cursor {
  private final List<?> list;
  private final ListIterator<?> iterator;

  ListCursor(List<?> list, int index) {
    super(false);
    this.list = list;
    this.iterator = list.listIterator(index);
  }

  @Override
  protected boolean hasMore() {
    return iterator.hasNext();
  }

  @Override
  protected @Nullable Object advance() {
    return iterator.next();
  }

  @Override
  Boolean rewind(int untaken) {
    int index = iterator.nextIndex() - untaken;
    try {
      goBack(untaken);
      if (untaken > 0 && iterator.hasPrevious()) {
        takeAgain();
      }
      return iterator.hasNext();
    } catch (RuntimeException e) {
      fail(e);
      return isBefore(index);
    }
  }

  @Override
  boolean remove(int untaken) {
    goBack(untaken);
    if (untaken > 0) {
      takeAgain();
    }
    iterator.remove();
    return iterator.hasNext();
  }

  @Override
  ListIterator<?> settle(int untaken, boolean taken) {
    goBack(untaken);
    if (untaken > 0 && taken) {
      takeAgain();
    }
    return iterator;
  }

  /** Whether elements follow that index; a part of a list that has changed cannot tell. */
  private boolean isBefore(int index) {
    try {
      return index != list.size();
    } catch (ConcurrentModificationException e) {
      return true;
    }
  }

  private void goBack(int steps) {
    for (int i = 0; i < steps; i++) {
      iterator.previous();
    }
  }

  /** Makes the element before the iterator the last one that it has given. */
  private void takeAgain() {
    iterator.previous();
    iterator.next();
  }
}
