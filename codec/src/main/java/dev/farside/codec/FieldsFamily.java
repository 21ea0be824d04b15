package dev.farside.codec;

import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Instances of classes that are marked {@code @ByValue} or registered: type, then name and value of
 * each field that is neither static nor transient. Rebuilt without running a constructor.
 */
final class FieldsFamily implements ValueFamily {
  private final int tag;

  private final ClassValue<ObjectFields> fields =
      new ClassValue<>() {
        @Override
        protected ObjectFields computeValue(Class<?> type) {
          return ObjectFields.of(type, Object.class);
        }
      };

  FieldsFamily(int tag) {
    this.tag = tag;
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public String why() {
    return "it is marked @ByValue or registered as a value type";
  }

  @Override
  public Encoder<Object> encoderFor(Class<?> type) {
    ObjectFields state = fields.get(type);
    return (value, out) -> encode(state, value, out);
  }

  private void encode(ObjectFields state, Object value, ValueWriter out) {
    if (!state.closed().isEmpty()) {
      throw new PassingFailure(
          value.getClass().getName()
              + " cannot be copied: Java does not let us read "
              + ObjectFields.key(state.closed().get(0))
              + "; open its package to Farside or pass it by reference");
    }
    out.begin(tag, 1 + 2 * state.reachable().size());
    out.type(value.getClass().getName());
    state.write(value, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    if (parts % 2 == 0) {
      throw in.malformed("a marked value has " + parts + " parts");
    }
    Class<?> type = in.typeNames().require(in.type());
    @Nullable String refusal = refusal(type, in.rules());
    if (refusal != null) {
      throw new PassingFailure(refusal);
    }
    Object value = Instances.blank(type);
    fields.get(type).read(value, (parts - 1) / 2, in);
    return value;
  }

  private static @Nullable String refusal(Class<?> type, PassingRules rules) {
    if (!rules.isMarkedByValue(type)) {
      return type.getName()
          + " is copied by the sender, but not here: mark it @ByValue or register it with valueType"
          + " on both sides";
    }
    return type.isInterface() || Modifier.isAbstract(type.getModifiers())
        ? type.getName() + " is abstract here"
        : null;
  }
}
