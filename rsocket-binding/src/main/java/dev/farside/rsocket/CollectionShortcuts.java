package dev.farside.rsocket;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
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

  /** The same of a deque or set, from its last element on. */
  static Object[] descend(Collection<?> collection, int max) {
    return opened(collection, new CollectionCursor(new Descending(collection)), max);
  }

  /** The elements from the last one on. */
  private static final class Descending extends AbstractCollection<Object> {
    private final Collection<?> collection;

    Descending(Collection<?> collection) {
      this.collection = collection;
    }

    @Override
    @SuppressWarnings("unchecked") // they are only read
    public Iterator<Object> iterator() {
      if (collection instanceof Deque<?> deque) {
        return (Iterator<Object>) deque.descendingIterator();
      }
      if (collection instanceof NavigableSet<?> set) {
        return (Iterator<Object>) set.descendingIterator();
      }
      throw new UnsupportedOperationException("No iterator goes backward here");
    }

    @Override
    public int size() {
      return collection.size();
    }
  }

  static Object[] opened(Iterable<?> iterable, Cursor cursor, int max) {
    boolean known = iterable.getClass().getName().startsWith("java.util.");
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
