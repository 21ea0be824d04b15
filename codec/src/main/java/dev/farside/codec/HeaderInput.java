package dev.farside.codec;

import dev.farside.ProtocolException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link HeaderOutput} writes; trusts nothing. Not thread-safe. */
final class HeaderInput {
  private final byte[] bytes;
  private int position;

  HeaderInput(byte[] bytes) {
    this.bytes = bytes;
  }

  int remaining() {
    return bytes.length - position;
  }

  int u8() {
    require(1);
    return bytes[position++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = u8();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw malformed("a number is longer than ten bytes");
  }

  /** A varint from 0 to {@code max}. */
  int count(int max, String what) {
    return bounded(varint(), max, what);
  }

  /** A varint: how many of the bytes after it belong together. */
  int length(String what) {
    long value = varint();
    return bounded(value, remaining(), what);
  }

  private int bounded(long value, int max, String what) {
    if (value < 0 || value > max) {
      throw malformed(what + " is " + Long.toUnsignedString(value) + ", more than " + max);
    }
    return (int) value;
  }

  long fixed64() {
    require(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | u8();
    }
    return value;
  }

  String text() {
    int length = length("the length of a text");
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  void skip(int count) {
    require(count);
    position += count;
  }

  void end() {
    if (remaining() != 0) {
      throw malformed(remaining() + " bytes are left over");
    }
  }

  ProtocolException malformed(String what) {
    return new ProtocolException(
        "Malformed message header at byte " + position + " of " + bytes.length + ": " + what);
  }

  private void require(int count) {
    if (remaining() < count) {
      throw malformed("it ends too early");
    }
  }
}
