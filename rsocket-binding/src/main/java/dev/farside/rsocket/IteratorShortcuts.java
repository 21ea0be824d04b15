package dev.farside.rsocket;

import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Of the owner of an iterator that removes nothing: it can be ahead of its reader. The caller's
 * side is {@link IteratorMethods}.
 */
final class IteratorShortcuts {
  private IteratorShortcuts() {}

  /** The elements, each taken when it is wanted. */
  static Stream<?> elements(Iterator<?> iterator) {
    return Streams.of(iterator);
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
