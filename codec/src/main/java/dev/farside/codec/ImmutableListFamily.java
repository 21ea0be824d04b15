package dev.farside.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that cannot change: the elements. */
record ImmutableListFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is an immutable list";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Immutables.LISTS.contains(type) ? (Encoder<List<?>>) this::encode : null;
  }

  private void encode(List<?> list, ValueWriter out) {
    out.begin(tag, list.size());
    Elements.write(list, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    return Elements.read(parts, Object.class, in).stream().toList();
  }
}
