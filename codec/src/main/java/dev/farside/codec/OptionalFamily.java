package dev.farside.codec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Optional}: nothing or the value. Those of primitives are {@link AtomFamily atoms}. */
record OptionalFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is an Optional";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return type == Optional.class ? (Encoder<Optional<?>>) this::encode : null;
  }

  private void encode(Optional<?> optional, ValueWriter out) {
    out.begin(tag, 1);
    out.value("get()", optional.orElse(null));
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(1, parts, "an Optional");
    return Optional.ofNullable(in.value("get()", Object.class));
  }
}
