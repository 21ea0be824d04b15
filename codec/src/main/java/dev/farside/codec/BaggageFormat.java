package dev.farside.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries of a {@link Baggage} as bytes: the content of an extension of a call. */
final class BaggageFormat {
  /** What an extension may be long: enough for as many characters as a side sends. */
  private static final int MAX_BYTES = 1 << 16;

  private BaggageFormat() {}

  static byte[] bytes(Map<String, String> entries) {
    var out = new HeaderOutput();
    out.varint(entries.size());
    entries.forEach(
        (key, value) -> {
          out.text(key);
          out.text(value);
        });
    return out.toByteArray();
  }

  /**
   * The entries at this position.
   *
   * @param length how many bytes they are said to take
   */
  static Map<String, String> read(HeaderInput in, int length) {
    if (length > MAX_BYTES) {
      throw in.malformed("the context of a call is " + length + " bytes, more than " + MAX_BYTES);
    }
    int size = in.count(Baggage.MAX_ENTRIES, "the number of context entries");
    var entries = new LinkedHashMap<String, String>();
    for (int i = 0; i < size; i++) {
      String key = in.text();
      if (entries.put(key, in.text()) != null) {
        throw in.malformed("the context entry \"" + key + "\" is there twice");
      }
    }
    return entries;
  }
}
