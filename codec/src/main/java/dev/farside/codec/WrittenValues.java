package dev.farside.codec;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The composite values of one message, numbered in the order in which they begin: one that occurs
 * again is written as its number. By identity. Reused; not thread-safe.
 */
final class WrittenValues {
  /** In the number of a value that is still being written. */
  private static final int OPEN = 1 << 31;

  /** A table that has grown larger is not kept for the next message. */
  private static final int KEPT = 1024;

  private IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();

  void clear() {
    if (numbers.size() > KEPT) {
      numbers = new IdentityHashMap<>();
    } else if (!numbers.isEmpty()) {
      numbers.clear();
    }
  }

  int size() {
    return numbers.size();
  }

  /**
   * The number of a value that has been written, or null if it has not.
   *
   * @throws PassingFailure if it is being written, and has not been {@linkplain #announce
   *     announced}
   */
  @Nullable Integer numberOf(Object value) {
    @Nullable Integer number = numbers.get(value);
    if (number != null && (number & OPEN) != 0) {
      throw new PassingFailure(
          "this " + value.getClass().getName() + " contains itself; a value must not be cyclic");
    }
    return number;
  }

  /** A value begins. */
  int begin(Object value) {
    int number = numbers.size();
    numbers.put(value, number | OPEN);
    return number;
  }

  /** A value ends. */
  void end(Object value, int number) {
    numbers.put(value, number);
  }

  /** A composite begins to which nothing will point. */
  void beginUnnamed() {
    numbers.put(new Object(), numbers.size());
  }

  /** From here on a value that is being written may occur inside itself. */
  void announce(Object value) {
    numbers.computeIfPresent(value, (v, number) -> number & ~OPEN);
  }

  /** Forgets all but the first values. */
  void truncate(int size) {
    numbers.values().removeIf(number -> (number & ~OPEN) >= size);
  }

  /** The numbers of the arrays and buffers among them, by identity. */
  Map<Object, Integer> restorable() {
    if (numbers.isEmpty()) {
      return Map.of();
    }
    var restorable = new IdentityHashMap<Object, Integer>();
    numbers.forEach(
        (value, number) -> {
          if (Restorable.is(value)) {
            restorable.put(value, number);
          }
        });
    return restorable;
  }
}
