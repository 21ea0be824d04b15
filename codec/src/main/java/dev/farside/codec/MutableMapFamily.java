package dev.farside.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps that can change: whether sorted, the comparator, key, value, key, value; keeps the order.
 */
record MutableMapFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is a mutable map";
  }

  @Override
  public boolean data() {
    return true;
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Map.class.isAssignableFrom(type) ? (Encoder<Map<?, ?>>) this::encode : null;
  }

  private void encode(Map<?, ?> map, ValueWriter out) {
    Map<?, ?> snapshot = new LinkedHashMap<>(map);
    out.begin(tag, snapshot.size() * 2 + 2);
    Sorting.write(
        map instanceof SortedMap<?, ?> sorted ? sorted.comparator() : null,
        map instanceof SortedMap,
        out);
    Elements.write(snapshot, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    Sorting sorting = Sorting.read(parts, in);
    Map<@Nullable Object, @Nullable Object> map =
        sorting.sorted() ? new TreeMap<>(sorting.comparator()) : new LinkedHashMap<>();
    Elements.readInto(map, parts - 2, in);
    return map;
  }
}
