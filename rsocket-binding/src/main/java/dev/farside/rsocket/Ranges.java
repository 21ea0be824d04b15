package dev.farside.rsocket;

import dev.farside.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of an array, in ascending order. Their elements travel as one array; which they are, as
 * the offset of the only range, or as bytes: the gap before each range and its length, but for the
 * last length, which the others leave.
 */
final class Ranges {
  private static final int MORE = 0x80;

  private int[] bounds = new int[2];
  private int used;

  private Ranges() {}

  /** Takes a range. */
  interface Taker {
    /**
     * Takes one.
     *
     * @param offset where it begins in the array
     * @param from where it begins in the array of all elements
     */
    void take(int offset, int from, int length);
  }

  /** The longest ranges of elements that a condition is true of. */
  static Ranges where(int length, IntPredicate included) {
    var ranges = new Ranges();
    int i = 0;
    while (i < length) {
      int start = i;
      while (i < length && included.test(i)) {
        i++;
      }
      if (i > start) {
        ranges.add(start, i);
      }
      i++;
    }
    return ranges;
  }

  /**
   * Reads which they are.
   *
   * @param coded an integer or bytes
   * @param elements how many elements they have together
   * @param length of the array
   */
  static Ranges decode(@Nullable Object coded, int elements, int length) {
    var ranges = new Ranges();
    if (coded instanceof Integer offset) {
      ranges.addWithin(offset, elements, length);
    } else if (coded instanceof byte[] bytes) {
      ranges.read(bytes, elements, length);
    } else {
      throw new ProtocolException("The peer changed an array where it says " + coded);
    }
    return ranges;
  }

  private void read(byte[] bytes, int elements, int length) {
    int left = elements;
    int end = 0;
    int next = 0;
    while (next < bytes.length) {
      long gap = number(bytes, next);
      next = after(bytes, next);
      long size = next < bytes.length ? number(bytes, next) : left;
      next = next < bytes.length ? after(bytes, next) : next;
      addWithin(end + gap, size, length);
      end = bounds[used - 1];
      left -= (int) size;
    }
    if (left != 0) {
      throw new ProtocolException("The peer changed ranges that do not have " + elements);
    }
  }

  private void addWithin(long offset, long size, int length) {
    if (offset < 0 || size < 0 || offset > length - size) {
      throw new ProtocolException(
          "The peer changed %d elements at %d of an array of %d".formatted(size, offset, length));
    }
    add((int) offset, (int) (offset + size));
  }

  private void add(int start, int end) {
    if (used == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * used);
    }
    bounds[used++] = start;
    bounds[used++] = end;
  }

  boolean isEmpty() {
    return used == 0;
  }

  private int elements() {
    int sum = 0;
    for (int i = 0; i < used; i += 2) {
      sum += bounds[i + 1] - bounds[i];
    }
    return sum;
  }

  /** Gives each to another. */
  void forEach(Taker taker) {
    int from = 0;
    for (int i = 0; i < used; i += 2) {
      int length = bounds[i + 1] - bounds[i];
      taker.take(bounds[i], from, length);
      from += length;
    }
  }

  /** Their elements, as one array of the same type. */
  Object of(Object array) {
    Object content = Array.newInstance(array.getClass().getComponentType(), elements());
    forEach((offset, from, length) -> System.arraycopy(array, offset, content, from, length));
    return content;
  }

  /** Which they are. */
  Object coded() {
    if (used <= 2) {
      return used == 0 ? 0 : bounds[0];
    }
    var bytes = new ByteArrayOutputStream();
    int end = 0;
    for (int i = 0; i < used; i++) {
      if (i < used - 1) {
        write(bounds[i] - end, bytes);
      }
      end = bounds[i];
    }
    return bytes.toByteArray();
  }

  /** Seven bits in each byte, the lowest first. */
  private static void write(int number, ByteArrayOutputStream bytes) {
    int rest = number;
    while (rest >= MORE) {
      bytes.write(rest | MORE);
      rest >>>= 7;
    }
    bytes.write(rest);
  }

  private static long number(byte[] bytes, int start) {
    long number = 0;
    int end = after(bytes, start);
    for (int i = end - 1; i >= start; i--) {
      number = number << 7 | bytes[i] & (MORE - 1);
    }
    return number;
  }

  private static int after(byte[] bytes, int start) {
    for (int i = start; i < bytes.length && i < start + 5; i++) {
      if (bytes[i] >= 0) {
        return i + 1;
      }
    }
    throw new ProtocolException("The peer changed ranges whose bounds are no numbers");
  }
}
