package dev.farside.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * What is copied, but changes: a blocking call restores its own to what the method made of them.
 */
final class Restorable {
  private Restorable() {}

  /** Whether a value is an array or a buffer. */
  static boolean is(Object value) {
    return value.getClass().isArray() || value instanceof ByteBuffer || value instanceof CharBuffer;
  }
}
