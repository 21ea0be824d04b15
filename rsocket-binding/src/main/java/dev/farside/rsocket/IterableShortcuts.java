package dev.farside.rsocket;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of the owner of what has an iterator and is no collection. The caller's side is {@link
 * IteratorMethods}.
 */
final class IterableShortcuts {
  private IterableShortcuts() {}

  /**
   * An iterator; where it is one of a collection of the JDK, a cursor and its first batch, as
   * {@link Cursor#next} gives it.
   */
  static @Nullable Object begin(Iterable<?> iterable, int max) {
    if (iterable instanceof Collection<?> collection) {
      return CollectionShortcuts.iterate(collection, max);
    }
    @Nullable Iterator<?> first = iterable.iterator();
    return first == null
            || IteratorShortcuts.areFor(first.getClass())
            || !IteratorKind.remembers(first)
        ? first
        : CollectionShortcuts.opened(
            iterable, new CollectionCursor(new Again(iterable, first), IteratorKind.OTHER), max);
  }

  /** What has this iterator, and then others. */
  private static final class Again extends AbstractCollection<Object> {
    private final Iterable<?> iterable;
    private @Nullable Iterator<?> first;

    Again(Iterable<?> iterable, Iterator<?> first) {
      this.iterable = iterable;
      this.first = first;
    }

    @Override
    @SuppressWarnings("unchecked") // they are only read
    public Iterator<Object> iterator() {
      Iterator<?> next = first == null ? iterable.iterator() : first;
      first = null;
      return (Iterator<Object>) next;
    }

    @Override
    public int size() {
      throw new UnsupportedOperationException("Nobody knows");
    }
  }

  /** What {@code forEach} hands over by default, each taken when it is wanted. */
  @InsteadOf(value = "forEach", parameters = Consumer.class)
  static Stream<?> all(Iterable<?> iterable) {
    return Streams.of(iterable.iterator());
  }

  /** What is in the spliterator that there is by default. */
  @InsteadOf(
      value = "spliterator",
      parameters = {})
  static Stream<?> split(Iterable<?> iterable) {
    return Streams.of(iterable.spliterator());
  }
}
