package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * Classes: the name, and, unless every side has it, a reference: to whom the name says nothing, the
 * class is an opaque handle.
 */
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
    boolean everywhere = type.getClassLoader() == null;
    out.begin(tag, everywhere ? 1 : 2);
    out.type(type.getName());
    if (!everywhere) {
      out.handle(type);
    }
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    if (parts == 1) {
      return in.typeNames().require(in.type());
    }
    in.exactly(2, parts, "a class");
    String name = in.type();
    int handle = in.handle();
    @Nullable Class<?> known = in.typeNames().find(name);
    return known == null ? in.references().resolve(handle, Object.class) : known;
  }
}
