package dev.farside.rsocket;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Of the owner of a collection. The caller's side is {@link CollectionMethods}. */
final class CollectionShortcuts {
  private CollectionShortcuts() {}

  /**
   * A cursor before the element at an index of a list, or before the first of a collection if that
   * is -1, and its first batch, as {@link Cursor#next} gives it.
   */
  static Object[] iterate(Collection<?> collection, int index, int max) {
    Cursor cursor =
        collection instanceof List<?> list
                && (index >= 0 || ListCursor.goesAsIterator(list.getClass()))
            ? new ListCursor(list, index)
            : new CollectionCursor(collection);
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
