package dev.farside.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;

/**
 * What a buffer is besides its content: one part, the sum of 1 if it is little-endian and 2 if it
 * is read-only; left out if it is neither.
 */
record BufferTraits(boolean littleEndian, boolean readOnly) {
  private static final int LITTLE_ENDIAN = 1;
  private static final int READ_ONLY = 2;

  static BufferTraits of(ByteBuffer buffer) {
    return new BufferTraits(buffer.order() == ByteOrder.LITTLE_ENDIAN, buffer.isReadOnly());
  }

  /** Characters have no order that could be chosen. */
  static BufferTraits of(CharBuffer buffer) {
    return new BufferTraits(false, buffer.isReadOnly());
  }

  private int sum() {
    return (littleEndian ? LITTLE_ENDIAN : 0) + (readOnly ? READ_ONLY : 0);
  }

  /** How many parts they are. */
  int parts() {
    return sum() == 0 ? 0 : 1;
  }

  void write(ValueWriter out) {
    if (parts() > 0) {
      out.integer(sum());
    }
  }

  /**
   * Reads them.
   *
   * @param parts how many are left, which must be one or none
   */
  static BufferTraits read(ValueReader in, int parts) {
    int sum = parts == 0 ? 0 : in.integer();
    if (parts > 1 || (sum & ~(LITTLE_ENDIAN | READ_ONLY)) != 0) {
      throw in.malformed("a buffer has other traits than are known");
    }
    return new BufferTraits((sum & LITTLE_ENDIAN) != 0, (sum & READ_ONLY) != 0);
  }

  /** A buffer of the same content that has them. */
  ByteBuffer applied(ByteBuffer buffer) {
    ByteBuffer applied = readOnly ? buffer.asReadOnlyBuffer() : buffer;
    return applied.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /** A buffer of the same content that has them. */
  CharBuffer applied(CharBuffer buffer) {
    return readOnly ? buffer.asReadOnlyBuffer() : buffer;
  }
}
