package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RSocketFrameInputTest {
  private static final int MAX_LENGTH = 0xFFFFFF;

  private final List<byte[]> received = new ArrayList<>();
  private final RSocketFrameInput input =
      new RSocketFrameInput(frame -> received.add(ByteBufUtil.getBytes(frame)));

  private static List<byte[]> frames(int... lengths) {
    var random = new Random(1);
    return Arrays.stream(lengths)
        .mapToObj(
            length -> {
              byte[] frame = new byte[length];
              random.nextBytes(frame);
              return frame;
            })
        .toList();
  }

  private static byte[] stream(List<byte[]> frames) {
    var stream = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      stream.write(frame.length >> 16);
      stream.write(frame.length >> 8);
      stream.write(frame.length);
      stream.writeBytes(frame);
    }
    return stream.toByteArray();
  }

  /** From a direct buffer, as a socket fills it. */
  private void accept(byte[] bytes, int from, int to) {
    var read = ByteBuffer.allocateDirect(to - from);
    read.put(bytes, from, to - from).flip();
    input.accept(read);
    assertThat(read.hasRemaining()).isFalse();
  }

  @Test
  void nothingMakesNoFrame() {
    accept(new byte[0], 0, 0);
    assertThat(received).isEmpty();
  }

  @Test
  void framesMayBeCutAnywhere() {
    List<byte[]> frames = frames(0, 1, 2, 6, 0, 0, 300);
    byte[] stream = stream(frames);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second += 1 + second % 7) {
        received.clear();
        accept(stream, 0, first);
        accept(stream, first, second);
        accept(stream, second, stream.length);
        assertThat(received)
            .as("cut at %d and %d", first, second)
            .containsExactlyElementsOf(frames);
      }
    }
  }

  @Test
  void framesMayComeOneByteAtATime() {
    List<byte[]> frames = frames(0, 1, 70_000, 0, 6);
    byte[] stream = stream(frames);
    for (int i = 0; i < stream.length; i++) {
      accept(stream, i, i + 1);
    }
    assertThat(received).containsExactlyElementsOf(frames);
  }

  @Test
  void aFrameMayComeInManyPieces() {
    List<byte[]> frames = frames(131_071, 131_072, 131_073, 3_000_000, MAX_LENGTH, 1);
    byte[] stream = stream(frames);
    for (int i = 0; i < stream.length; i += 100_000) {
      accept(stream, i, Math.min(stream.length, i + 100_000));
    }
    assertThat(received).containsExactlyElementsOf(frames);
  }

  @Test
  void aLongFrameThatIsAnnouncedButNeverSentIsNotAllocated() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer announced = ByteBuffer.wrap(new byte[] {-1, -1, -1, 1});
    input.accept(ByteBuffer.allocate(0));
    long before = threads.getCurrentThreadAllocatedBytes();
    input.accept(announced);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(256 << 10);
    assertThat(received).isEmpty();
  }

  @Test
  void whatAReceiverThrowsIsThrown() {
    var failing =
        new RSocketFrameInput(
            frame -> {
              throw new IllegalStateException("no more");
            });
    assertThatThrownBy(() -> failing.accept(ByteBuffer.wrap(new byte[] {0, 0, 1, 5})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no more");
  }
}
