package dev.farside.codec;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePacker;

/** Null, the boxes of the primitives, and texts: what MessagePack says in one token. */
final class Scalars {
  /** Their classes. */
  static final Set<Class<?>> TYPES =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Boolean.class,
          Double.class,
          Float.class,
          Short.class,
          Byte.class,
          Character.class);

  private Scalars() {}

  static boolean isScalar(Object value) {
    return value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Character;
  }

  /** Writes a value if it is one of these, and says whether. */
  static boolean write(@Nullable Object value, MessagePacker packer) throws IOException {
    if (value == null) {
      packer.packNil();
    } else if (value instanceof String text) {
      writeText(text, packer);
    } else if (value instanceof Integer number) {
      packer.packInt(number);
    } else if (value instanceof Long number) {
      Extensions.write(packer, Extensions.LONG, number);
    } else if (value instanceof Boolean bool) {
      packer.packBoolean(bool);
    } else if (value instanceof Double number) {
      packer.packDouble(number);
    } else if (value instanceof Float number) {
      packer.packFloat(number);
    } else if (value instanceof Short number) {
      Extensions.write(packer, Extensions.SHORT, number, 2);
    } else if (value instanceof Byte number) {
      Extensions.write(packer, Extensions.BYTE, number, 1);
    } else if (value instanceof Character character) {
      Extensions.write(packer, Extensions.CHARACTER, character, 2);
    } else {
      return false;
    }
    return true;
  }

  static void writeText(@Nullable String text, MessagePacker packer) throws IOException {
    if (text == null) {
      packer.packNil();
    } else if (isWellFormed(text)) {
      packer.packString(text);
    } else {
      Extensions.write(packer, Extensions.UTF16, utf16(text));
    }
  }

  static String fromUtf16(byte[] payload) {
    var text = new StringBuilder(payload.length / 2);
    for (int i = 0; i + 1 < payload.length; i += 2) {
      text.append((char) ((payload[i] & 0xff) << 8 | (payload[i + 1] & 0xff)));
    }
    return text.toString();
  }

  private static byte[] utf16(String text) {
    byte[] payload = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      payload[2 * i] = (byte) (text.charAt(i) >>> 8);
      payload[2 * i + 1] = (byte) text.charAt(i);
    }
    return payload;
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isHighSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
