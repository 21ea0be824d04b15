package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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
    /** The socket takes no more for now: flush again after {@link #unblock}. */
    FULL,
    /** All is written, and it was the end. */
    ENDED
  }

  private static final int LENGTH_BYTES = 3;
  private static final int MAX_COPIED = 8 << 10;
  private static final int SHARED_BYTES = 32 << 10;
  private static final int MAX_GATHERED = 16;

  private final GatheringByteChannel channel;
  private final Queue<ByteBuf> urgent = Queues.<ByteBuf>unboundedMultiproducer().get();
  private final Queue<ByteBuf> normal = Queues.<ByteBuf>unboundedMultiproducer().get();
  private final AtomicInteger pending = new AtomicInteger();
  private final ArrayDeque<ByteBuf> unwritten = new ArrayDeque<>();
  private volatile boolean full;
  private volatile boolean ending;
  private volatile boolean closed;

  RSocketFrameOutput(GatheringByteChannel channel) {
    this.channel = channel;
  }

  /** Takes over a frame; to be followed by {@link #flush}. */
  void add(ByteBuf frame, boolean first) {
    (first ? urgent : normal).add(frame);
    if (closed) {
      releaseIfFree();
    }
  }

  /** What was added so far is the end. */
  void end() {
    ending = true;
  }

  /** The socket takes more again. */
  void unblock() {
    full = false;
  }

  /** Writes what the socket takes, unless another thread is at it: that one does it then. */
  Outcome flush() throws IOException {
    if (pending.getAndIncrement() != 0) {
      return Outcome.WRITTEN;
    }
    Outcome outcome = Outcome.WRITTEN;
    @Nullable IOException failure = null;
    int missed = 1;
    do {
      if (closed) {
        releaseAll();
      } else if (!full) {
        try {
          outcome = write();
        } catch (IOException e) {
          failure = e;
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
      skip(channel.write(buffers()));
      if (!unwritten.isEmpty()) {
        full = true;
        return Outcome.FULL;
      }
      gather();
    }
    return ending ? Outcome.ENDED : Outcome.WRITTEN;
  }

  private void gather() {
    while (unwritten.size() < MAX_GATHERED) {
      @Nullable ByteBuf frame = next();
      if (frame == null) {
        return;
      }
      int length = frame.readableBytes();
      ByteBuf shared = shared(length);
      shared.writeMedium(length);
      if (length > MAX_COPIED) {
        unwritten.add(frame);
      } else {
        shared.writeBytes(frame);
        frame.release();
      }
    }
  }

  private @Nullable ByteBuf next() {
    @Nullable ByteBuf first = urgent.poll();
    return first != null ? first : normal.poll();
  }

  /** A buffer at the end with room for a frame that is copied, or else for its length. */
  private ByteBuf shared(int length) {
    int wanted = LENGTH_BYTES + (length > MAX_COPIED ? 0 : length);
    @Nullable ByteBuf last = unwritten.peekLast();
    if (last != null && last.maxCapacity() == SHARED_BYTES && last.maxWritableBytes() >= wanted) {
      return last;
    }
    ByteBuf made = ByteBufAllocator.DEFAULT.directBuffer(Math.max(512, wanted), SHARED_BYTES);
    unwritten.add(made);
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
    unwritten.forEach(ByteBuf::release);
    unwritten.clear();
    for (@Nullable ByteBuf frame = next(); frame != null; frame = next()) {
      frame.release();
    }
  }
}
