package dev.farside.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of collections, as parts. */
final class Elements {
  private static final int TRUSTED = 1024;

  private Elements() {}

  static void write(Collection<?> elements, ValueWriter out) {
    int index = 0;
    for (Object element : elements) {
      out.element(index++, element);
    }
  }

  /** Room is made for as many as really come, not for as many as are claimed. */
  static List<@Nullable Object> read(int count, Class<?> expected, ValueReader in) {
    var elements = new ArrayList<@Nullable Object>(Math.min(count, TRUSTED));
    for (int i = 0; i < count; i++) {
      elements.add(in.element(i, expected));
    }
    return elements;
  }

  /** Key, value, key, value. */
  static void write(Map<?, ?> entries, ValueWriter out) {
    int index = 0;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      try {
        out.value("key", entry.getKey());
        out.value("value", entry.getValue());
      } catch (PassingFailure e) {
        throw e.at("[" + index + "]");
      }
      index++;
    }
  }

  static void readInto(Map<@Nullable Object, @Nullable Object> map, int parts, ValueReader in) {
    if (parts % 2 != 0) {
      throw in.malformed("a map ends with a key");
    }
    for (int i = 0; i < parts / 2; i++) {
      try {
        @Nullable Object key = in.value("key", Object.class);
        map.put(key, in.value("value", Object.class));
      } catch (PassingFailure e) {
        throw e.at("[" + i + "]");
      }
    }
  }
}
