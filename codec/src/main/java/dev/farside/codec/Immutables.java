package dev.farside.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDK's collections that cannot change, and ours for large ones that have arrived. The JDK's
 * classes have no public names, so they are known by their samples.
 */
final class Immutables {
  static final Set<Class<?>> LISTS =
      classes(
          List.of(),
          List.of(1),
          List.of(1, 2, 3),
          List.of(1, 2, 3).subList(0, 1),
          Stream.of(1, 2).toList(),
          Collections.emptyList(),
          Collections.singletonList(1),
          Collections.nCopies(2, 1));

  static final Set<Class<?>> SETS =
      classes(
          Set.of(),
          Set.of(1),
          Set.of(1, 2, 3),
          Collections.emptySet(),
          Collections.singleton(1),
          new LargeSet<>(new LinkedHashSet<>()));

  static final Set<Class<?>> MAPS =
      classes(
          Map.of(),
          Map.of(1, 1),
          Map.of(1, 1, 2, 2),
          Collections.emptyMap(),
          Collections.singletonMap(1, 1),
          new LargeMap<>(new LinkedHashMap<>()));

  /** Up to so many elements it does not matter how many of them have one hash code. */
  private static final int SMALL = 64;

  private Immutables() {}

  /** A set that cannot change, a view of one that no one else has. */
  static Set<?> set(Set<?> elements) {
    return elements.size() <= SMALL ? Set.copyOf(elements) : new LargeSet<>(elements);
  }

  /** A map that cannot change, a view of one that no one else has. */
  static Map<?, ?> map(Map<?, ?> entries) {
    return entries.size() <= SMALL ? Map.copyOf(entries) : new LargeMap<>(entries);
  }

  private static Set<Class<?>> classes(Object... samples) {
    return Stream.of(samples).map(Object::getClass).collect(Collectors.toUnmodifiableSet());
  }
}
