package dev.farside.rsocket;

import dev.farside.spi.StandIn;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** Over a list, whose iterators go both ways. */
final class ListCursor extends Cursor {
  private static final ClassValue<Boolean> ITERATES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> list) {
          return StandIn.class.isAssignableFrom(list)
              || (isKnown(list, "iterator") && isKnown(list, "listIterator", int.class));
        }
      };

  private final List<?> list;
  private final ListIterator<?> iterator;
  private final boolean ofList;
  private final boolean looksAhead;

  /** Before the first element, for an iterator. */
  ListCursor(List<?> list) {
    this(list, 0, false);
  }

  /** Before the element at an index, for a list iterator. */
  ListCursor(List<?> list, int index) {
    this(list, index, true);
  }

  private ListCursor(List<?> list, int index, boolean ofList) {
    super(false);
    this.list = list;
    this.ofList = ofList;
    this.iterator = list.listIterator(index);
    this.looksAhead = IteratorKind.isKnown(iterator.getClass());
  }

  /** Whether list iterators of a class give what its iterators do. */
  static boolean goesAsIterator(Class<?> list) {
    return ITERATES.get(list);
  }

  private static boolean isKnown(Class<?> list, String method, Class<?>... parameters) {
    try {
      Class<?> declaring = list.getMethod(method, parameters).getDeclaringClass();
      return IteratorKind.isKnown(declaring);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(list + " is no list", e);
    }
  }

  @Override
  protected boolean looksAhead() {
    return looksAhead;
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
  Boolean remove(int untaken) {
    goBack(untaken);
    if (untaken > 0) {
      takeAgain();
    }
    try {
      iterator.remove();
    } catch (RuntimeException | Error e) {
      goForward(untaken);
      throw e;
    }
    return iterator.hasNext();
  }

  @Override
  void removeNothing() {
    Iterator<?> fresh = ofList ? list.listIterator() : list.iterator();
    fresh.remove();
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

  private void goForward(int steps) {
    for (int i = 0; i < steps; i++) {
      iterator.next();
    }
  }

  /** Makes the element before the iterator the last one that it has given. */
  private void takeAgain() {
    iterator.previous();
    iterator.next();
  }
}
