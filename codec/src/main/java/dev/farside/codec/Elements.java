package dev.farside.codec;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of collections, as parts. */
final class Elements {
  private Elements() {}

  static void write(Collection<?> elements, ValueWriter out) {
    int index = 0;
    for (Object element : elements) {
      out.element(index++, element);
    }
  }

  static @Nullable Object[] read(int count, ValueReader in) {
    @Nullable Object[] elements = new Object[count];
    for (int i = 0; i < count; i++) {
      elements[i] = in.element(i, Object.class);
    }
    return elements;
  }

  /** Key, value, key, value. */
  static void write(Map<?, ?> entries, ValueWriter out) {
    int index = 0;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      out.value("[" + index + "].key", entry.getKey());
      out.value("[" + index++ + "].value", entry.getValue());
    }
  }

  static void readInto(Map<Object, Object> map, int parts, ValueReader in) {
    if (parts % 2 != 0) {
      throw in.malformed("a map ends with a key");
    }
    @Nullable Object[] entries = read(parts, in);
    for (int i = 0; i < parts; i += 2) {
      map.put(entries[i], entries[i + 1]);
    }
  }
}
