package dev.farside.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.msgpack.core.MessagePacker;

/** MessagePack extension types of ours. Their payloads are big-endian. */
final class Extensions {
  /** Index into the reference table; 1, 2 or 4 bytes, not negative. */
  static final int REFERENCE = 0;

  /** Number of a composite value earlier in this message; 1, 2 or 4 bytes, not negative. */
  static final int BACK = 1;

  /** A {@code Long}; 1, 2, 4 or 8 bytes, signed. */
  static final int LONG = 2;

  /** A {@code Short}; 2 bytes. */
  static final int SHORT = 3;

  /** A {@code Byte}; 1 byte. */
  static final int BYTE = 4;

  /** A {@code Character}; 2 bytes. */
  static final int CHARACTER = 5;

  /** A {@code String} that is no well-formed Unicode: its UTF-16 code units. */
  static final int UTF16 = 6;

  private Extensions() {}

  /** A number in the smallest of the signed sizes. */
  static void write(MessagePacker packer, int type, long value) {
    int size =
        value == (byte) value ? 1 : value == (short) value ? 2 : value == (int) value ? 4 : 8;
    write(packer, type, value, size);
  }

  /** A number in {@code size} bytes. */
  static void write(MessagePacker packer, int type, long value, int size) {
    byte[] payload = new byte[size];
    for (int i = 0; i < size; i++) {
      payload[i] = (byte) (value >>> (8 * (size - 1 - i)));
    }
    write(packer, type, payload);
  }

  static void write(MessagePacker packer, int type, byte[] payload) {
    try {
      packer.packExtensionTypeHeader((byte) type, payload.length);
      packer.writePayload(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number from its signed, big-endian bytes. */
  static long number(byte[] payload) {
    long value = payload.length > 0 && payload[0] < 0 ? -1 : 0;
    for (byte b : payload) {
      value = value << 8 | (b & 0xff);
    }
    return value;
  }
}
