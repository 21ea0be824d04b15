package dev.farside.rsocket;

import static java.util.stream.Collectors.joining;

import dev.farside.LimitExceededException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The classes of stand-ins of one side, one for each list of types. Peers name the types: so the
 * number of classes, which are never unloaded, is limited. Thread-safe.
 */
final class StandInTypes {
  /** More than any application has types of its own. */
  static final int MAX_CLASSES = 8192;

  private final Map<List<Class<?>>, StandInType> made = new ConcurrentHashMap<>();
  private final AtomicInteger left;

  /**
   * None yet.
   *
   * @param maxClasses how many classes are made
   */
  StandInTypes(int maxClasses) {
    this.left = new AtomicInteger(maxClasses);
  }

  /** Stand-ins of these types; fails if there are too many. */
  StandInType of(List<Class<?>> types) {
    return made.computeIfAbsent(types, this::make);
  }

  private StandInType make(List<Class<?>> types) {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
      throw new LimitExceededException(
          "No more classes of proxies are made here, after so many lists of types that peers named;"
              + " this one is "
              + types.stream().map(Class::getTypeName).collect(joining(", ")));
    }
    return StandInClasses.type(types);
  }
}
