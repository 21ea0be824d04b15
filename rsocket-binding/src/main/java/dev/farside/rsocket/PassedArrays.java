package dev.farside.rsocket;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arrays and buffers that are arguments of a call, and those within arrays, each by the number
 * that it has in the call's body. An array that is passed by reference has none.
 */
final class PassedArrays {
  /** No arrays. */
  static final PassedArrays NONE = new PassedArrays(Map.of());

  /**
   * One array, or a buffer.
   *
   * @param start of a buffer, where it was when it was passed; 0 of an array
   * @param length of an array, or what remained of a buffer
   * @param holder the array that it was found in; null if it is an argument
   * @param index where in its holder, or among the arguments
   */
  record Passed(
      int number, Object array, int start, int length, @Nullable Passed holder, int index) {
    /** How error messages name it: {@code args[1][0]}. */
    String place() {
      return (holder == null ? "args" : holder.place()) + "[" + index + "]";
    }
  }

  private final Map<Object, Integer> numbers;
  private final Map<Integer, Passed> byNumber = new LinkedHashMap<>();

  private PassedArrays(Map<Object, Integer> numbers) {
    this.numbers = numbers;
  }

  /**
   * Finds them.
   *
   * @param numbers of all arrays in the call's body, by identity
   */
  static PassedArrays of(List<@Nullable Object> arguments, Map<Object, Integer> numbers) {
    if (numbers.isEmpty()) {
      return NONE;
    }
    var arrays = new PassedArrays(numbers);
    for (int i = 0; i < arguments.size(); i++) {
      arrays.add(arguments.get(i), null, i);
    }
    return arrays;
  }

  private void add(@Nullable Object value, @Nullable Passed holder, int index) {
    @Nullable Integer number = value == null ? null : numbers.get(value);
    if (value == null || number == null || byNumber.containsKey(number)) {
      return;
    }
    var passed =
        new Passed(number, value, Buffers.start(value), Buffers.length(value), holder, index);
    byNumber.put(number, passed);
    if (mayHoldArrays(value)) {
      Object[] elements = (Object[]) value;
      for (int i = 0; i < elements.length; i++) {
        add(elements[i], passed, i);
      }
    }
  }

  /** Whether what may be an array may have elements that are arrays or buffers. */
  static boolean mayHoldArrays(Object array) {
    @Nullable Class<?> component = array.getClass().getComponentType();
    return component != null
        && (component.isArray()
            || component.isAssignableFrom(Object[].class)
            || Buffer.class.isAssignableFrom(component)
            || component.isAssignableFrom(ByteBuffer.class)
            || component.isAssignableFrom(CharBuffer.class));
  }

  /** All of them. */
  Iterable<Passed> all() {
    return byNumber.values();
  }

  /** The array of this number, if there is one. */
  @Nullable Passed find(int number) {
    return byNumber.get(number);
  }

  /** The number of an array, or null if an object is none of these. */
  @Nullable Integer number(@Nullable Object object) {
    @Nullable Integer number = object == null ? null : numbers.get(object);
    return number != null && byNumber.containsKey(number) ? number : null;
  }
}
