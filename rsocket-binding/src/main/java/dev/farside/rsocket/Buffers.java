package dev.farside.rsocket;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/** Buffers as arrays: of those that are passed the part that remained is an array elsewhere. */
final class Buffers {
  private Buffers() {}

  /** Whether a value is a buffer that can be passed. */
  static boolean is(Object value) {
    return value instanceof ByteBuffer || value instanceof CharBuffer;
  }

  /** The class of the array that a buffer is elsewhere; an array's own. */
  static Class<?> arrayType(Object value) {
    if (value instanceof ByteBuffer) {
      return byte[].class;
    }
    return value instanceof CharBuffer ? char[].class : value.getClass();
  }

  /**
   * What can change of a value that has arrived: the array under a buffer, which is empty if the
   * buffer is read-only; an array itself.
   */
  static Object array(Object value) {
    if (!(value instanceof Buffer buffer)) {
      return value;
    }
    return buffer.isReadOnly()
        ? Array.newInstance(arrayType(value).getComponentType(), 0)
        : buffer.array();
  }

  /** Where what remains of a buffer begins; 0 of an array. */
  static int start(Object value) {
    return value instanceof Buffer buffer ? buffer.position() : 0;
  }

  /** How much remains of a buffer; the length of an array. */
  static int length(Object value) {
    return value instanceof Buffer buffer ? buffer.remaining() : Array.getLength(value);
  }

  /** Writes a part of a content at an index, wherever the buffer's position is. */
  static void put(Object buffer, int index, Object content, int from, int length) {
    if (length == 0) {
      return; // a buffer that only reads may have been moved
    }
    if (buffer instanceof ByteBuffer bytes) {
      bytes.put(index, (byte[]) content, from, length);
    } else {
      ((CharBuffer) buffer).put(index, (char[]) content, from, length);
    }
  }
}
