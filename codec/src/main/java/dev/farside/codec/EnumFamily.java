package dev.farside.codec;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Enum constants: type, name. */
record EnumFamily(int tag) implements ValueFamily {
  private static final int LISTED = 20;

  @Override
  public String why() {
    return "it is an enum constant";
  }

  @Override
  public @org.jspecify.annotations.Nullable Encoder<?> encoderFor(Class<?> type) {
    return Enum.class.isAssignableFrom(type) ? (Encoder<Enum<?>>) this::encode : null;
  }

  private void encode(Enum<?> constant, ValueWriter out) {
    out.begin(tag, 2);
    out.type(constant.getDeclaringClass().getName());
    out.text(constant.name());
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(2, parts, "an enum constant");
    Class<?> type = in.typeNames().require(in.type());
    String name = in.text();
    Object[] constants = type.getEnumConstants();
    if (constants == null) {
      throw new PassingFailure(type.getName() + " is an enum at the sender, but not here");
    }
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new PassingFailure(
        "the enum "
            + type.getName()
            + " has no constant "
            + name
            + " here, but "
            + Arrays.stream(constants)
                .limit(LISTED)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "))
            + (constants.length > LISTED ? "…" : "")
            + "; both sides need the same version");
  }
}
