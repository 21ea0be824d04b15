package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes the frames out of what a socket reads, wherever it is cut: three bytes with a frame's
 * length, highest first, then the frame. Never allocates much more than what has arrived. Used by
 * one thread.
 */
final class RSocketFrameInput {
  private static final int LENGTH_BYTES = 3;
  private static final int FIRST_BYTES = 128 << 10;
  private static final byte[] NONE = {};

  private final Consumer<ByteBuf> receiver;
  private byte[] frame = NONE;
  private int lengthBytes;
  private int length;
  private int filled;

  /**
   * An input.
   *
   * @param receiver gets each frame, which needs no release
   */
  RSocketFrameInput(Consumer<ByteBuf> receiver) {
    this.receiver = receiver;
  }

  /** Takes all that was read. */
  void accept(ByteBuffer read) {
    while (read.hasRemaining()) {
      if (lengthBytes < LENGTH_BYTES) {
        length = length << 8 | (read.get() & 0xff);
        lengthBytes++;
      } else {
        fill(read);
      }
      if (lengthBytes == LENGTH_BYTES && filled == length) {
        complete();
      }
    }
  }

  private void fill(ByteBuffer read) {
    int count = Math.min(read.remaining(), length - filled);
    if (frame.length - filled < count) {
      int wanted = Math.max(filled + count, Math.max(2 * frame.length, FIRST_BYTES));
      frame = Arrays.copyOf(frame, Math.min(length, wanted));
    }
    read.get(frame, filled, count);
    filled += count;
  }

  private void complete() {
    ByteBuf complete = Unpooled.wrappedBuffer(frame, 0, length);
    frame = NONE;
    lengthBytes = 0;
    length = 0;
    filled = 0;
    receiver.accept(complete);
  }
}
