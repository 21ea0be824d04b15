package dev.farside.codec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDK's collections that cannot change. Their classes have no public names, so they are known
 * by their samples.
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
          Set.of(), Set.of(1), Set.of(1, 2, 3), Collections.emptySet(), Collections.singleton(1));

  static final Set<Class<?>> MAPS =
      classes(
          Map.of(),
          Map.of(1, 1),
          Map.of(1, 1, 2, 2),
          Collections.emptyMap(),
          Collections.singletonMap(1, 1));

  private Immutables() {}

  private static Set<Class<?>> classes(Object... samples) {
    return Stream.of(samples).map(Object::getClass).collect(Collectors.toUnmodifiableSet());
  }
}
