package dev.farside.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes with the primitives of the header format. Not thread-safe. */
final class HeaderOutput {
  private byte[] bytes = new byte[64];
  private int length;

  void u8(int value) {
    if (length == bytes.length) {
      grow(1);
    }
    bytes[length++] = (byte) value;
  }

  /** LEB128: seven bits a byte, the lowest first; at most ten bytes. */
  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      u8((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    u8((int) rest);
  }

  /** How many bytes a number takes as a varint. */
  static int varintSize(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  /** Eight bytes, the highest first. */
  void fixed64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      u8((int) (value >>> shift));
    }
  }

  /** Length as varint, then UTF-8. */
  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Length as varint, then the bytes. */
  void bytes(byte[] value) {
    varint(value.length);
    grow(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void grow(int by) {
    if (bytes.length - length < by) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + by));
    }
  }
}
