package dev.farside.rsocket;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Over a collection of the peer, by its iterator, which begins with the first use. Its size is not
 * known: the collection may be one that changes meanwhile.
 */
final class CollectionSpliterator implements Spliterator<Object> {
  private final Collection<?> collection;
  private @Nullable Spliterator<Object> elements;

  CollectionSpliterator(Collection<?> collection) {
    this.collection = collection;
  }

  private Spliterator<Object> elements() {
    if (elements == null) {
      elements = Spliterators.spliteratorUnknownSize(collection.iterator(), characteristics());
    }
    return elements;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Object> action) {
    return elements().tryAdvance(action);
  }

  @Override
  public void forEachRemaining(Consumer<? super Object> action) {
    elements().forEachRemaining(action);
  }

  @Override
  public @Nullable Spliterator<Object> trySplit() {
    return elements().trySplit();
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    int sorted = collection instanceof SortedSet ? SORTED + ORDERED : 0;
    int ordered = collection instanceof List || collection instanceof LinkedHashSet ? ORDERED : 0;
    int distinct = collection instanceof Set ? DISTINCT : 0;
    return sorted + ordered + distinct;
  }

  @Override
  @SuppressWarnings("unchecked") // the caller's own set had this type
  public @Nullable Comparator<? super Object> getComparator() {
    if (collection instanceof SortedSet<?> set) {
      return (Comparator<? super Object>) set.comparator();
    }
    throw new IllegalStateException("not sorted");
  }
}
