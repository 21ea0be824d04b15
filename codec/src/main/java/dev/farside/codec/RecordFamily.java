package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * Records: type with components, then the components. Rebuilt by the canonical constructor. One
 * that Java does not let us read is none for us, if it can be called through an interface.
 */
final class RecordFamily implements ValueFamily {
  private final int tag;

  private final ClassValue<RecordType> types =
      new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
          return RecordType.of(type);
        }
      };

  RecordFamily(int tag) {
    this.tag = tag;
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public String why() {
    return "it is a record";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return type.isRecord() && !isOnlyCallable(type)
        ? (Encoder<Object>) (value, out) -> encode(types.get(type), value, out)
        : null;
  }

  /** Whether a record is closed to us, but not all that it can do. */
  static boolean isOnlyCallable(Class<?> type) {
    return type.isRecord()
        && PublicTypes.of(type).stream().anyMatch(RecordFamily::isOfUse)
        && !RecordType.isOpen(type);
  }

  private static boolean isOfUse(Class<?> type) {
    return type.isInterface() && type.getMethods().length > 0;
  }

  private void encode(RecordType type, Object value, ValueWriter out) {
    int size = type.size();
    out.begin(tag, size + 1);
    out.type(type.text());
    for (int i = 0; i < size; i++) {
      out.value(type.name(i), type.component(value, i));
    }
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.atLeast(1, parts, "a record");
    RecordType type = resolve(in.type(), in);
    if (parts != type.size() + 1) {
      throw in.malformed(type.text() + " has " + (parts - 1) + " components");
    }
    @Nullable Object[] components = new Object[type.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = in.fitting(type.name(i), type.componentType(i));
    }
    return type.construct(components);
  }

  private RecordType resolve(String text, ValueReader in) {
    int parenthesis = text.indexOf('(');
    if (parenthesis < 0) {
      throw in.malformed("a record's type has no components: " + text);
    }
    Class<?> type = in.typeNames().require(text.substring(0, parenthesis));
    if (!type.isRecord()) {
      throw new PassingFailure(type.getName() + " is a record at the sender, but not here");
    }
    RecordType parsed = types.get(type);
    if (!parsed.text().equals(text)) {
      throw new PassingFailure(
          "the record is "
              + text
              + " at the sender and "
              + parsed.text()
              + " here; both sides need the same version");
    }
    return parsed;
  }
}
