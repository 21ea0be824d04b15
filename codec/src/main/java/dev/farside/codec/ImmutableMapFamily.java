package dev.farside.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps that cannot change: key, value, key, value. */
record ImmutableMapFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is an immutable map";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Immutables.MAPS.contains(type) ? (Encoder<Map<?, ?>>) this::encode : null;
  }

  private void encode(Map<?, ?> map, ValueWriter out) {
    out.begin(tag, map.size() * 2);
    Elements.write(map, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    Elements.readInto(map, parts, in);
    if (map.size() == 1) {
      Map.Entry<@Nullable Object, @Nullable Object> only = map.entrySet().iterator().next();
      return Collections.singletonMap(only.getKey(), only.getValue());
    }
    return Immutables.map(map);
  }
}
