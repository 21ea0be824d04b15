package dev.farside.codec;

import java.util.List;
import java.util.function.Function;

/**
 * A class whose instances are a few simple parts.
 *
 * @param split gives an instance's parts, none of them null
 * @param join rebuilds an instance
 */
record Atom<T>(Class<T> type, Function<T, List<Object>> split, Join<T> join) {
  /** Rebuilds an instance from its parts, in their order. */
  @FunctionalInterface
  interface Join<T> {
    T apply(AtomParts parts) throws Exception;
  }

  static <T> Atom<T> of(Class<T> type, Function<T, List<Object>> split, Join<T> join) {
    return new Atom<>(type, split, join);
  }
}
