package dev.farside.codec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A set that cannot change and has no null, like those of {@code Set.of}. But these compare
 * elements of equal hash codes one by one, so that it would take too long to rebuild a large one
 * for which a peer has chosen such elements.
 */
final class LargeSet<E> extends AbstractSet<E> implements Serializable {
  private static final long serialVersionUID = 1;

  private final transient Set<E> elements;

  /**
   * A view.
   *
   * @param elements must not change any more, nor refuse to be asked for null
   */
  LargeSet(Set<E> elements) {
    if (elements.contains(null)) {
      throw new NullPointerException("a set that cannot change has no null");
    }
    this.elements = elements;
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public boolean contains(Object element) {
    return elements.contains(requireNonNull(element, "element"));
  }

  @Override
  public Iterator<E> iterator() {
    return Collections.unmodifiableSet(elements).iterator();
  }

  @Override
  public boolean addAll(Collection<? extends E> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean remove(Object element) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeAll(Collection<?> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeIf(Predicate<? super E> condition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean retainAll(Collection<?> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  /** Whoever reads it need not know us. */
  private Object writeReplace() {
    return Set.copyOf(elements);
  }
}
