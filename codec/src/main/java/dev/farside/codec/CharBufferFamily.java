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
    out.begin(tag, 1);
    out.text(buffer.toString());
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(1, parts, "a buffer");
    return CharBuffer.wrap(in.text().toCharArray());
  }
}
