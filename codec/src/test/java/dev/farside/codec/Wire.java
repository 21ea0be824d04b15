package dev.farside.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as a test writes them: hexadecimal digits and {@code 'text'}, spaces where you like. */
final class Wire {
  private static final Pattern TOKEN = Pattern.compile("'([^']*)'|([0-9a-f]+)|\\s+");

  private Wire() {}

  static byte[] bytes(String text) {
    var out = new ByteArrayOutputStream();
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (token.lookingAt()) {
      if (token.group(1) != null) {
        out.writeBytes(token.group(1).getBytes(StandardCharsets.UTF_8));
      } else if (token.group(2) != null) {
        out.writeBytes(HexFormat.of().parseHex(token.group(2)));
      }
      end = token.end();
      token.region(end, text.length());
    }
    if (end != text.length()) {
      throw new IllegalArgumentException("Not hexadecimal: " + text.substring(end));
    }
    return out.toByteArray();
  }

  /** Bytes as hexadecimal digits, for comparisons that can be read. */
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String hex(String text) {
    return hex(bytes(text));
  }
}
