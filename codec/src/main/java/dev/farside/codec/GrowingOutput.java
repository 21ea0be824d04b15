package dev.farside.codec;

import java.util.Arrays;
import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/** Where a packer writes to: one array that grows, up to a limit. Not thread-safe. */
final class GrowingOutput implements MessageBufferOutput {
  private static final int KEPT = 64 << 10;

  private byte[] bytes = new byte[512];
  private int length;
  private Limits limits = Limits.DEFAULT;

  void reset(Limits newLimits) {
    length = 0;
    limits = newLimits;
    if (bytes.length > KEPT) {
      bytes = new byte[512];
    }
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public MessageBuffer next(int minimumSize) {
    ensure(minimumSize);
    return MessageBuffer.wrap(bytes, length, bytes.length - length);
  }

  @Override
  public void writeBuffer(int written) {
    length += written;
    checkLimit(length);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    checkLimit((long) length + count);
    ensure(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  @Override
  public void add(byte[] source, int offset, int count) {
    write(source, offset, count);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  private void ensure(int count) {
    if (bytes.length - length < count) {
      long wanted = Math.max(bytes.length * 2L, (long) length + count);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  private void checkLimit(long size) {
    if (size > limits.messageSize()) {
      throw limits.exceeded();
    }
  }
}
