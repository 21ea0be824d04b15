package dev.farside.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * References to objects of which there is more to tell: the reference, then key and value of each
 * part. No class is copied this way; {@link ValueWriter} asks for it where it writes a reference.
 */
record DescribedFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it has public final fields, or getters that are prefetched";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return null;
  }

  void encode(int reference, List<Descriptions.Part> parts, ValueWriter out) {
    out.begin(tag, 1 + 2 * parts.size());
    out.handle(reference);
    for (Descriptions.Part part : parts) {
      write(part, out);
    }
  }

  /** What was to be copied and cannot be is left out: whoever asks for it is told why. */
  private static void write(Descriptions.Part part, ValueWriter out) {
    if (part.mode() != PassMode.BY_VALUE) {
      write(part, part.mode(), out);
    } else if (out.attempt(() -> write(part, PassMode.BY_VALUE, out)) != null) {
      out.type(Descriptions.NOTHING);
      out.text(null);
    }
  }

  private static void write(Descriptions.Part part, PassMode mode, ValueWriter out) {
    out.type(part.key());
    out.value(part.name(), part.value(), mode);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    if (parts % 2 == 0) {
      throw in.malformed("a reference with fields has " + parts + " parts");
    }
    Class<?> expected = in.expected();
    int reference = in.handle();
    Object object = in.references().resolve(reference, expected);
    in.references().describe(reference, Descriptions.read((parts - 1) / 2, in));
    return object;
  }
}
