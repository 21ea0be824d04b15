package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.rsocket.RSocketFrameOutput.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RSocketFrameOutputTest {
  private final int openBefore = OpenBuffers.count();
  private final List<ByteBuf> added = new ArrayList<>();
  private final RecordingChannel channel = new RecordingChannel();
  private final RSocketFrameOutput output = new RSocketFrameOutput(channel);

  /** A socket that takes no more than so many bytes at once. */
  private static class RecordingChannel implements GatheringByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final AtomicInteger writes = new AtomicInteger();
    volatile int most = Integer.MAX_VALUE;

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      writes.incrementAndGet();
      int left = most;
      for (int i = offset; i < offset + length; i++) {
        int count = Math.min(left, sources[i].remaining());
        byte[] bytes = new byte[count];
        sources[i].get(bytes);
        taken.writeBytes(bytes);
        left -= count;
      }
      return Math.max(0, most - left);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
      return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return (int) write(new ByteBuffer[] {source});
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}

    /** The frames that were taken whole. */
    List<byte[]> frames() {
      var frames = new ArrayList<byte[]>();
      var input = new RSocketFrameInput(frame -> frames.add(ByteBufUtil.getBytes(frame)));
      input.accept(ByteBuffer.wrap(taken.toByteArray()));
      return frames;
    }
  }

  @AfterEach
  void allBuffersAreReleasedOnce() {
    assertThat(added).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
    assertThat(OpenBuffers.count()).isEqualTo(openBefore);
  }

  private byte[] add(int length, boolean first) {
    byte[] bytes = new byte[length];
    new Random(added.size()).nextBytes(bytes);
    add(bytes, first);
    return bytes;
  }

  private void add(byte[] bytes, boolean first) {
    ByteBuf frame =
        switch (added.size() % 3) {
          case 0 -> Unpooled.buffer().writeBytes(bytes);
          case 1 -> ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
          default -> halves(bytes);
        };
    added.add(frame);
    output.add(frame, first);
  }

  /** One half where a socket can read from, one where it cannot. */
  private static ByteBuf halves(byte[] bytes) {
    int middle = bytes.length / 2;
    return ByteBufAllocator.DEFAULT
        .compositeBuffer()
        .addComponent(true, ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes, 0, middle))
        .addComponent(true, Unpooled.buffer().writeBytes(bytes, middle, bytes.length - middle));
  }

  /** Goes on, as when the socket takes more, until it has taken all. */
  private Outcome finish() throws IOException {
    Outcome outcome;
    do {
      output.unblock();
      outcome = output.flush();
    } while (outcome == Outcome.FULL);
    return outcome;
  }

  @Test
  void nothingIsWrittenOfNothing() throws IOException {
    assertThat(output.flush()).isEqualTo(Outcome.WRITTEN);
    assertThat(channel.writes).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4096, 100_000, Integer.MAX_VALUE})
  void framesGoOutInTheirOrderEachAfterItsLength(int most) throws IOException {
    channel.most = most;
    var lengths = new ArrayList<>(List.of(0, 1, 2, 6, 0, 511, 8191, 8192, 8193, 8193, 8193, 5));
    if (most > 1000) {
      lengths.addAll(List.of(32_764, 32_768, 32_768, 40_000, 65_536, 65_536, 65_536, 1 << 20));
    }
    var frames = new ArrayList<byte[]>();
    for (int length : lengths) {
      frames.add(add(length, false));
    }
    assertThat(finish()).isEqualTo(Outcome.WRITTEN);
    assertThat(channel.frames()).containsExactlyElementsOf(frames);
  }

  @Test
  void smallFramesShareAWrite() throws IOException {
    for (int i = 0; i < 1000; i++) {
      add(30, false);
    }
    output.flush();
    assertThat(channel.writes).hasValue(1);
    assertThat(channel.frames()).hasSize(1000);
  }

  @Test
  void aSocketThatTakesNothingIsNotAskedAgainUntilItTakesMore() throws IOException {
    channel.most = 0;
    byte[] first = add(5, false);
    assertThat(output.flush()).isEqualTo(Outcome.FULL);
    byte[] second = add(6, false);
    assertThat(output.flush()).isEqualTo(Outcome.WRITTEN);
    assertThat(channel.writes).hasValue(1);
    channel.most = 4;
    output.unblock();
    assertThat(output.flush()).isEqualTo(Outcome.FULL);
    assertThat(channel.writes).hasValue(2);
    channel.most = Integer.MAX_VALUE;
    output.unblock();
    assertThat(output.flush()).isEqualTo(Outcome.WRITTEN);
    assertThat(channel.frames()).containsExactly(first, second);
  }

  @Test
  void framesOfTheConnectionComeBeforeThoseOfStreamsButNotIntoOne() throws IOException {
    channel.most = 0;
    byte[] begun = add(20_000, false);
    output.flush();
    byte[] stream1 = add(3, false);
    byte[] connection1 = add(4, true);
    byte[] stream2 = add(20_000, false);
    byte[] connection2 = add(20_000, true);
    channel.most = 10_000;
    output.unblock();
    assertThat(finish()).isEqualTo(Outcome.WRITTEN);
    assertThat(channel.frames()).containsExactly(begun, connection1, connection2, stream1, stream2);
  }

  @Test
  void whoFlushesDoesNotWriteForOthersForEver() throws IOException {
    var endless =
        new RecordingChannel() {
          RSocketFrameOutput output;

          @Override
          public long write(ByteBuffer[] sources) throws IOException {
            output.add(Unpooled.wrappedBuffer(new byte[3]), false);
            assertThat(output.flush()).isEqualTo(Outcome.WRITTEN);
            return super.write(sources);
          }
        };
    endless.output = new RSocketFrameOutput(endless);
    endless.output.add(Unpooled.wrappedBuffer(new byte[3]), false);
    assertThat(endless.output.flush()).isEqualTo(Outcome.FULL);
    assertThat(endless.writes.get()).isBetween(10, 100);
    endless.output.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 50_000, Integer.MAX_VALUE})
  void manyThreadsMayAdd(int most) throws Exception {
    channel.most = most;
    int threads = 4;
    int frames = 2000;
    var full = new AtomicInteger();
    var adding = new AtomicInteger(threads);
    var running = new ArrayList<CompletableFuture<Void>>();
    for (int thread = 0; thread < threads; thread++) {
      byte id = (byte) thread;
      running.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < frames; i++) {
                  output.add(frame(id, i), false);
                  flush(full);
                }
                adding.decrementAndGet();
              },
              task -> new Thread(task).start()));
    }
    while (adding.get() > 0 || full.get() > 0) {
      if (full.getAndSet(0) > 0) {
        output.unblock();
        flush(full);
      }
      Thread.onSpinWait();
    }
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    assertThat(finish()).isEqualTo(Outcome.WRITTEN);
    int[] next = new int[threads];
    for (byte[] frame : channel.frames()) {
      ByteBuffer content = ByteBuffer.wrap(frame);
      int thread = content.get();
      assertThat(content.getInt()).isEqualTo(next[thread]++);
    }
    assertThat(next).containsOnly(frames);
  }

  private static ByteBuf frame(byte thread, int number) {
    int padding = number % 100 == 0 ? 9000 : number % 50;
    return ByteBufAllocator.DEFAULT
        .directBuffer()
        .writeByte(thread)
        .writeInt(number)
        .writeZero(padding);
  }

  private void flush(AtomicInteger full) {
    try {
      if (output.flush() == Outcome.FULL) {
        full.incrementAndGet();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails from some write on. */
  private static final class FailingChannel extends RecordingChannel {
    private final int good;
    private final Exception failure;

    FailingChannel(int good, Exception failure) {
      this.good = good;
      this.failure = failure;
      most = 10_000;
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
      if (writes.get() < good) {
        return super.write(sources);
      }
      if (failure instanceof IOException io) {
        throw io;
      }
      throw (RuntimeException) failure;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFailureIsToldOnceAndReleasesAll(int good) throws IOException {
    var reset = new IOException("Connection reset");
    var failing = new RSocketFrameOutput(new FailingChannel(good, reset));
    var frames = new ArrayList<ByteBuf>();
    for (int i = 0; i < 40; i++) {
      ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer().writeZero(i % 2 == 0 ? 10 : 9000);
      frames.add(frame);
      failing.add(frame, i % 5 == 0);
    }
    for (int i = 0; i < good; i++) {
      assertThat(failing.flush()).isEqualTo(Outcome.FULL);
      failing.unblock();
    }
    assertThatThrownBy(failing::flush).isSameAs(reset);
    ByteBuf late = ByteBufAllocator.DEFAULT.directBuffer().writeZero(10);
    frames.add(late);
    failing.add(late, false);
    assertThat(failing.flush()).isEqualTo(Outcome.WRITTEN);
    failing.close();
    failing.close();
    assertThat(frames).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
  }

  @Test
  void anUnexpectedFailureEndsItToo() {
    var unexpected = new IllegalStateException("unexpected");
    var failing = new RSocketFrameOutput(new FailingChannel(0, unexpected));
    failing.add(ByteBufAllocator.DEFAULT.directBuffer().writeZero(10), false);
    assertThatThrownBy(failing::flush)
        .isInstanceOf(IOException.class)
        .hasMessage("A frame was not written")
        .hasCause(unexpected);
  }

  @Test
  void aFrameThatSomebodyHasReleasedEndsItAndTheOthersAreReleased() {
    add(10, false);
    ByteBuf released = Unpooled.buffer().writeZero(10);
    released.release();
    output.add(released, false);
    add(10, false);
    assertThatThrownBy(output::flush)
        .isInstanceOf(IOException.class)
        .hasMessage("A frame was not written");
  }

  @Test
  void theLastFrameIsTheEnd() throws IOException {
    channel.most = 5;
    byte[] first = add(4, false);
    byte[] last = {1, 2, 3};
    output.end(Unpooled.wrappedBuffer(last));
    add(5, false);
    add(6, true);
    assertThat(output.flush()).isEqualTo(Outcome.FULL);
    assertThat(finish()).isEqualTo(Outcome.ENDED);
    assertThat(channel.frames()).containsExactly(first, last);
  }

  @Test
  void closingDropsWhatTheSocketDidNotTake() throws IOException {
    channel.most = 9000;
    add(20_000, false);
    add(10, false);
    assertThat(output.flush()).isEqualTo(Outcome.FULL);
    add(10, true);
    output.close();
    output.close();
    add(10, false);
    output.unblock();
    assertThat(output.flush()).isEqualTo(Outcome.WRITTEN);
    assertThat(channel.writes).hasValue(1);
  }

  @Test
  void closingWhileAnotherThreadWritesReleasesAllWhenItIsDone() throws Exception {
    var writing = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var slow =
        new RecordingChannel() {
          @Override
          public long write(ByteBuffer[] sources) throws IOException {
            writing.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return super.write(sources);
          }
        };
    slow.most = 4;
    var slowly = new RSocketFrameOutput(slow);
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer().writeZero(9000);
    slowly.add(frame, false);
    var writer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return slowly.flush();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writing.await();
    ByteBuf late = ByteBufAllocator.DEFAULT.directBuffer().writeZero(10);
    slowly.add(late, false);
    slowly.close();
    assertThat(frame.refCnt()).isPositive();
    goOn.countDown();
    writer.join();
    assertThat(Arrays.asList(frame, late))
        .allSatisfy(released -> assertThat(released.refCnt()).isZero());
  }
}
