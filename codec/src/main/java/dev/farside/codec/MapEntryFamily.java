package dev.farside.codec;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Map entries that cannot change: key, value. */
record MapEntryFamily(int tag) implements ValueFamily {
  private static final Class<?> OF_MAP_ENTRY = Map.entry(1, 1).getClass();

  @Override
  public String why() {
    return "it is an immutable map entry";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return type == OF_MAP_ENTRY || type == SimpleImmutableEntry.class
        ? (Encoder<Map.Entry<?, ?>>) this::encode
        : null;
  }

  private void encode(Map.Entry<?, ?> entry, ValueWriter out) {
    out.begin(tag, 2);
    out.value("key", entry.getKey());
    out.value("value", entry.getValue());
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(2, parts, "a map entry");
    @Nullable Object key = in.value("key", Object.class);
    @Nullable Object value = in.value("value", Object.class);
    return key == null || value == null
        ? new SimpleImmutableEntry<>(key, value)
        : Map.entry(key, value);
  }
}
