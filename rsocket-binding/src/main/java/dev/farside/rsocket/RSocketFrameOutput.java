package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.util.concurrent.Queues;

/**
 * Frames on their way to a socket that never blocks. Small ones share a write.
 *
 * <p>Thread-safe: many threads add; {@code pending} lets one at a time write, for all that add
 * meanwhile. What is not behind a queue is that one's.
 */
final class RSocketFrameOutput {
  /** What a flush has come to. */
  enum Outcome {
    /** All is written, or somebody else is at it. */
    WRITTEN,
    /** The socket takes no more for now, or enough was written: {@link #unblock}, flush again. */
    FULL,
    /** All is written, and it was the end. */
    ENDED
  }

  private static final int LENGTH_BYTES = 3;
  private static final int MAX_LENGTH = 0xFFFFFF;

  /** From here on a frame is sent from where it is, if the socket can read from there. */
  private static final int MAX_COPIED = 8 << 10;

  private static final int FIRST_BYTES = 512;
  private static final int SHARED_BYTES = 32 << 10;
  private static final int MAX_GATHERED = 16;

  /** Who writes for others has work of its own to do. */
  private static final int MAX_WRITES = 32;

  private final GatheringByteChannel channel;
  private final Queue<ByteBuf> urgent = Queues.<ByteBuf>unboundedMultiproducer().get();
  private final Queue<ByteBuf> normal = Queues.<ByteBuf>unboundedMultiproducer().get();
  private final AtomicInteger pending = new AtomicInteger();
  private final ArrayDeque<ByteBuf> unwritten = new ArrayDeque<>();
  private @Nullable ByteBuf shared;
  private int writes;
  private volatile boolean full;
  private volatile boolean ending;
  private volatile boolean closed;

  RSocketFrameOutput(GatheringByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes over a frame; to be followed by {@link #flush}.
   *
   * @param first before those that are not
   */
  void add(ByteBuf frame, boolean first) {
    if (ending) {
      frame.release();
      return;
    }
    (first ? urgent : normal).add(frame);
    if (closed) {
      releaseIfFree();
    }
  }

  /** Takes over the last frame; to be followed by {@link #flush}. */
  void end(ByteBuf last) {
    add(last, false);
    ending = true;
  }

  /** The socket takes more again. */
  void unblock() {
    full = false;
  }

  /**
   * Writes what the socket takes, unless another thread is at it: that one does it then.
   *
   * @throws IOException once, when writing is no more possible; all frames are dropped then, and
   *     those to come
   */
  Outcome flush() throws IOException {
    if (pending.getAndIncrement() != 0) {
      return Outcome.WRITTEN;
    }
    writes = 0;
    Outcome outcome = Outcome.WRITTEN;
    @Nullable IOException failure = null;
    int missed = 1;
    do {
      if (closed) {
        releaseAll();
      } else if (!full) {
        try {
          outcome = write();
        } catch (IOException | RuntimeException | Error e) {
          failure =
              e instanceof IOException io ? io : new IOException("A frame was not written", e);
          closed = true;
          releaseAll();
        }
      }
      missed = pending.addAndGet(-missed);
    } while (missed != 0);
    if (failure != null) {
      throw failure;
    }
    return outcome;
  }

  private Outcome write() throws IOException {
    gather();
    while (!unwritten.isEmpty()) {
      skip(writeOnce());
      if (!unwritten.isEmpty() || ++writes >= MAX_WRITES) {
        full = true;
        return Outcome.FULL;
      }
      gather();
    }
    return ending ? Outcome.ENDED : Outcome.WRITTEN;
  }

  private long writeOnce() throws IOException {
    ByteBuf first = unwritten.getFirst();
    if (unwritten.size() > 1 || first.nioBufferCount() > 1) {
      return channel.write(buffers());
    }
    return channel.write(first.internalNioBuffer(first.readerIndex(), first.readableBytes()));
  }

  private void gather() {
    while (unwritten.size() < MAX_GATHERED) {
      @Nullable ByteBuf frame = next();
      if (frame == null) {
        return;
      }
      try {
        append(frame);
      } catch (RuntimeException | Error e) {
        ReferenceCountUtil.safeRelease(frame);
        throw e;
      }
    }
  }

  private @Nullable ByteBuf next() {
    @Nullable ByteBuf first = urgent.poll();
    return first != null ? first : normal.poll();
  }

  private void append(ByteBuf frame) {
    int length = frame.readableBytes();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("A frame of " + length + " bytes is too long");
    }
    if (length > MAX_COPIED && frame.isDirect()) {
      room(LENGTH_BYTES).writeMedium(length);
      unwritten.add(frame);
      shared = null;
    } else {
      room(LENGTH_BYTES + length).writeMedium(length).writeBytes(frame);
      frame.release();
    }
  }

  /** A buffer at the end with so much room; the socket can read from it without a copy. */
  private ByteBuf room(int bytes) {
    @Nullable ByteBuf last = shared;
    if (last != null && last.maxWritableBytes() >= bytes) {
      return last;
    }
    ByteBuf made =
        ByteBufAllocator.DEFAULT.directBuffer(
            Math.max(FIRST_BYTES, bytes), Math.max(SHARED_BYTES, bytes));
    unwritten.add(made);
    shared = made;
    return made;
  }

  private ByteBuffer[] buffers() {
    List<ByteBuffer> buffers = new ArrayList<>(2 * unwritten.size());
    for (ByteBuf buffer : unwritten) {
      buffers.addAll(List.of(buffer.nioBuffers()));
    }
    return buffers.toArray(ByteBuffer[]::new);
  }

  private void skip(long written) {
    long left = written;
    while (!unwritten.isEmpty()) {
      ByteBuf first = unwritten.getFirst();
      if (first.readableBytes() > left) {
        first.skipBytes((int) left);
        return;
      }
      left -= first.readableBytes();
      unwritten.removeFirst().release();
    }
    shared = null;
  }

  /** Writes no more; what was not written is dropped. */
  void close() {
    closed = true;
    releaseIfFree();
  }

  private void releaseIfFree() {
    if (pending.getAndIncrement() == 0) {
      int missed = 1;
      do {
        releaseAll();
        missed = pending.addAndGet(-missed);
      } while (missed != 0);
    }
  }

  private void releaseAll() {
    unwritten.forEach(ReferenceCountUtil::safeRelease);
    unwritten.clear();
    shared = null;
    for (@Nullable ByteBuf frame = next(); frame != null; frame = next()) {
      ReferenceCountUtil.safeRelease(frame);
    }
  }
}
