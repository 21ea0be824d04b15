package dev.farside.codec;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets that cannot change: the elements. */
record ImmutableSetFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is an immutable set";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Immutables.SETS.contains(type) ? (Encoder<Set<?>>) this::encode : null;
  }

  private void encode(Set<?> set, ValueWriter out) {
    out.begin(tag, set.size());
    Elements.write(set, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    List<@Nullable Object> elements = Elements.read(parts, Object.class, in);
    return parts == 1
        ? Collections.singleton(elements.get(0))
        : Immutables.set(new LinkedHashSet<>(elements));
  }
}
