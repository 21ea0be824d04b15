package dev.farside.rsocket;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The four classes of the JDK that hold one value or none. */
final class Optionals {
  private Optionals() {}

  static boolean isOptional(Object value) {
    return value instanceof Optional
        || value instanceof OptionalInt
        || value instanceof OptionalLong
        || value instanceof OptionalDouble;
  }

  /** What an Optional holds; null if nothing. */
  static @Nullable Object content(Object value) {
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? optional.getAsDouble() : null;
    }
    return ((Optional<?>) value).orElse(null);
  }

  /** An Optional of a class that holds this value; the value itself if it cannot. */
  static @Nullable Object holding(@Nullable Object value, Class<?> type) {
    if (type == Optional.class) {
      return Optional.ofNullable(value);
    }
    if (type == OptionalInt.class) {
      @Nullable Object number = Numbers.widen(value, Integer.class);
      return number instanceof Integer i ? OptionalInt.of(i) : orEmpty(value, OptionalInt.empty());
    }
    if (type == OptionalLong.class) {
      @Nullable Object number = Numbers.widen(value, Long.class);
      return number instanceof Long l ? OptionalLong.of(l) : orEmpty(value, OptionalLong.empty());
    }
    @Nullable Object number = Numbers.widen(value, Double.class);
    return number instanceof Double d
        ? OptionalDouble.of(d)
        : orEmpty(value, OptionalDouble.empty());
  }

  private static Object orEmpty(@Nullable Object value, Object empty) {
    return value == null ? empty : value;
  }
}
