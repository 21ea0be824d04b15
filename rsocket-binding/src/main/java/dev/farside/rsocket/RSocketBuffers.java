package dev.farside.rsocket;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/**
 * Netty's buffers, but those made of others may have any number of parts: RSocket puts a large
 * message together of its fragments, and would copy them all again after each sixteen.
 */
final class RSocketBuffers extends AbstractByteBufAllocator {
  static final RSocketBuffers INSTANCE = new RSocketBuffers();

  private RSocketBuffers() {
    super(true);
  }

  @Override
  public CompositeByteBuf compositeBuffer() {
    return compositeBuffer(Integer.MAX_VALUE);
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return DEFAULT.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return DEFAULT.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return ByteBufAllocator.DEFAULT.isDirectBufferPooled();
  }
}
