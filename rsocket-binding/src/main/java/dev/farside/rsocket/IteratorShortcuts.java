package dev.farside.rsocket;

import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of the owner of an iterator that removes nothing: it can be ahead of its reader. The caller's
 * side is {@link IteratorMethods}.
 */
final class IteratorShortcuts {
  private IteratorShortcuts() {}

  /** The elements, each taken when it is wanted. */
  static Stream<?> elements(Iterator<?> iterator) {
    return Streams.of(new OneAtATime(iterator));
  }

  /** A reader that was given up may read on while the element that it waited for is made. */
  private static final class OneAtATime implements Iterator<Object> {
    private final Iterator<?> iterator;

    OneAtATime(Iterator<?> iterator) {
      this.iterator = iterator;
    }

    @Override
    public boolean hasNext() {
      synchronized (iterator) {
        return iterator.hasNext();
      }
    }

    @Override
    public @Nullable Object next() {
      synchronized (iterator) {
        return iterator.next();
      }
    }
  }

  /** Whether iterators of a class are such. */
  static boolean areFor(Class<?> type) {
    try {
      return Iterator.class.isAssignableFrom(type)
          && type.getMethod("remove").getDeclaringClass() == Iterator.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " is no iterator", e);
    } catch (LinkageError e) {
      return false; // it cannot be read
    }
  }
}
