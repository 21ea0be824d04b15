package dev.farside.rsocket;

import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Widening of primitives, as Java does it when it assigns them. */
final class Numbers {
  private static final List<Class<?>> ORDER =
      List.of(Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class);

  private Numbers() {}

  /** The box of a primitive; any other type itself. */
  static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /** Whether what is in one box may be widened into another. */
  static boolean widens(Class<?> from, Class<?> to) {
    int source = from == Character.class ? ORDER.indexOf(Short.class) : ORDER.indexOf(from);
    return source >= 0 && ORDER.indexOf(to) > source;
  }

  /** A number in the box of a wider type; the value itself if it cannot be widened to that. */
  static @Nullable Object widen(@Nullable Object value, Class<?> to) {
    if (value == null || !widens(value.getClass(), to)) {
      return value;
    }
    Number number = value instanceof Character c ? (Number) (int) c : (Number) value;
    if (to == Short.class) {
      return number.shortValue();
    }
    if (to == Integer.class) {
      return number.intValue();
    }
    if (to == Long.class) {
      return number.longValue();
    }
    return to == Float.class ? (Object) number.floatValue() : (Object) number.doubleValue();
  }
}
