package dev.farside.codec;

import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/** Buffers of characters: those between position and limit, as with {@link ByteBufferFamily}. */
record CharBufferFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is a CharBuffer, of which the remaining characters are data";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return CharBuffer.class.isAssignableFrom(type) ? (Encoder<CharBuffer>) this::encode : null;
  }

  private void encode(CharBuffer buffer, ValueWriter out) {
    BufferTraits traits = BufferTraits.of(buffer);
    out.begin(tag, 1 + traits.parts());
    out.text(buffer.toString());
    traits.write(out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.atLeast(1, parts, "a buffer");
    CharBuffer buffer = CharBuffer.wrap(in.text().toCharArray());
    return BufferTraits.read(in, parts - 1).applied(buffer);
  }
}
