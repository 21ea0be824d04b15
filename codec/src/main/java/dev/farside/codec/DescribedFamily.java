package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * References to objects with public final fields: the reference, then name and value of each field.
 * No class is copied this way; {@link ValueWriter} asks for it where it writes a reference.
 */
record DescribedFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it has public final fields";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return null;
  }

  void encode(int reference, PublicFields fields, Object object, ValueWriter out) {
    out.begin(tag, 1 + 2 * fields.size());
    out.handle(reference);
    fields.write(object, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    if (parts % 2 == 0) {
      throw in.malformed("a reference with fields has " + parts + " parts");
    }
    Class<?> expected = in.expected();
    int reference = in.handle();
    Object object = in.references().resolve(reference, expected);
    in.references().describe(reference, PublicFields.read((parts - 1) / 2, in));
    return object;
  }
}
