package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/** Classes: the name. */
record ClassFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is a Class";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return type == Class.class ? (Encoder<Class<?>>) this::encode : null;
  }

  private void encode(Class<?> type, ValueWriter out) {
    out.begin(tag, 1);
    out.type(type.getName());
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(1, parts, "a class");
    return in.typeNames().require(in.type());
  }
}
