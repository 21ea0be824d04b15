package dev.farside.rsocket;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes an object takes in a message, so that few large ones travel together where
 * many small ones would. What travels as a reference is small.
 */
final class Weight {
  /** What is heavier than this together does not travel together. */
  static final long LIMIT = 1 << 20;

  private static final int SMALL = 16;
  private static final int DEPTH = 16;

  private static final ClassValue<Method[]> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .filter(accessor -> !accessor.getReturnType().isPrimitive())
              .filter(Method::trySetAccessible)
              .toArray(Method[]::new);
        }
      };

  private Weight() {}

  /** Of an object, or of one more than the limit if it is heavier. */
  static long of(@Nullable Object object) {
    return of(object, 0);
  }

  private static long of(@Nullable Object object, int depth) {
    if (object == null || depth > DEPTH) {
      return SMALL;
    }
    if (object instanceof String text) {
      return SMALL + 2L * text.length();
    }
    Class<?> type = object.getClass();
    if (type.isArray()) {
      return type.getComponentType().isPrimitive()
          ? SMALL + 8L * Array.getLength(object)
          : sum(Stream.of((Object[]) object), depth);
    }
    if (object instanceof Record record) {
      return sum(
          Stream.of(ACCESSORS.get(type)).map(accessor -> component(accessor, record)), depth);
    }
    return object instanceof Collection<?> some && type.getName().startsWith("java.util.Immutable")
        ? sum(some.stream(), depth)
        : SMALL;
  }

  private static long sum(Stream<?> parts, int depth) {
    long sum = SMALL;
    for (var each = parts.iterator(); each.hasNext() && sum <= LIMIT; ) {
      sum += of(each.next(), depth + 1);
    }
    return sum;
  }

  /** Small if it cannot be read: then it cannot be passed either. */
  private static @Nullable Object component(Method accessor, Record record) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
