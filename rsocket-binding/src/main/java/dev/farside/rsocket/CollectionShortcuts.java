package dev.farside.rsocket;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Of the owner of a collection. The caller's side is {@link CollectionMethods}. */
final class CollectionShortcuts {
  private CollectionShortcuts() {}

  /** A cursor before the first element, and its first batch, as {@link Cursor#next} gives it. */
  static Object[] iterate(Collection<?> collection, int max) {
    boolean asList =
        collection instanceof List<?> list && ListCursor.goesAsIterator(list.getClass());
    return opened(
        collection,
        asList ? new ListCursor((List<?>) collection) : new CollectionCursor(collection),
        max);
  }

  /** The same of a list, for a list iterator before the element at an index. */
  static Object[] iterate(Collection<?> list, int index, int max) {
    return opened(list, new ListCursor((List<?>) list, index), max);
  }

  private static Object[] opened(Collection<?> collection, Cursor cursor, int max) {
    boolean known = collection.getClass().getName().startsWith("java.util.");
    return new Object[] {cursor, cursor.first(known ? max : 1)};
  }

  /** {@code forEach}, for an action that takes an array of elements. */
  static void forEach(Collection<?> collection, Consumer<Object> action) {
    var batches = new Batches(action);
    try {
      collection.forEach(batches::add);
    } finally {
      batches.flush();
    }
  }
}
