package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.ProtocolException;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of an array of primitives that a method of a stream reads into or writes. */
record ArrayRange(Object array, int offset, int length) {
  /**
   * Of the arguments of a method: an array, or an array, an offset and a length.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  static ArrayRange of(@Nullable Object[] arguments) {
    Object array = requireNonNull(arguments[0]);
    int total = Array.getLength(array);
    if (arguments.length == 1) {
      return new ArrayRange(array, 0, total);
    }
    int offset = (int) requireNonNull(arguments[1]);
    int length = (int) requireNonNull(arguments[2]);
    Objects.checkFromIndexSize(offset, length, total);
    return new ArrayRange(array, offset, length);
  }

  /** Whether these are the parameters of a method that takes a range of such an array. */
  static boolean isTakenBy(List<Class<?>> parameters, Class<?> array) {
    return parameters.equals(List.of(array))
        || parameters.equals(List.of(array, int.class, int.class));
  }

  /** An array of just this range; may be the array itself. */
  Object content() {
    if (length == Array.getLength(array)) {
      return array;
    }
    Object content = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, offset, content, 0, length);
    return content;
  }

  /** Fills it from its start on; what was read, or -1 if that is null. */
  int fill(@Nullable Object read) {
    if (read == null) {
      return -1;
    }
    int count = read.getClass() == array.getClass() ? Array.getLength(read) : length + 1;
    if (count > length) {
      throw new ProtocolException(
          "The peer gave something else than at most " + length + " elements to be read");
    }
    System.arraycopy(read, 0, array, offset, count);
    return count;
  }
}
