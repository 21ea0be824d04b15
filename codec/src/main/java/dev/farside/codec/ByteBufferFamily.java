package dev.farside.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Byte buffers: the bytes between position and limit. They are mutable, but no stand-in can be made
 * for them; encoding leaves the sender's buffer as it is, the receiver's is a heap buffer of its
 * own, with an array that begins where the buffer does. It is read-only if the sender's is, and has
 * the sender's byte order.
 */
record ByteBufferFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is a ByteBuffer, of which the remaining bytes are data";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return ByteBuffer.class.isAssignableFrom(type) ? (Encoder<ByteBuffer>) this::encode : null;
  }

  private void encode(ByteBuffer buffer, ValueWriter out) {
    BufferTraits traits = BufferTraits.of(buffer);
    out.begin(tag, 1 + traits.parts());
    if (buffer.hasArray()) {
      out.bytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    } else {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      out.bytes(copy, 0, copy.length);
    }
    traits.write(out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.atLeast(1, parts, "a buffer");
    ByteBuffer buffer = ByteBuffer.wrap(in.bytes());
    return BufferTraits.read(in, parts - 1).applied(buffer);
  }
}
