package dev.farside.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Channels and the buffers that they fill and empty. */
public class ChannelsTest {
  /** What lives elsewhere. */
  public static class Sources {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** Reads these. */
    public ReadableByteChannel of(byte[] bytes) {
      return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    /** Writes. */
    public WritableByteChannel sink() {
      return Channels.newChannel(written);
    }

    /** What was written. */
    public byte[] written() {
      return written.toByteArray();
    }

    /** A new file of ten bytes that goes when it is closed, to be read and written. */
    public SeekableByteChannel file() throws IOException {
      Path file = Files.createTempFile("conformance", ".bin");
      Files.write(file, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
      return Files.newByteChannel(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** The same, as a channel of many buffers. */
    public GatheringByteChannel gathering() throws IOException {
      return (GatheringByteChannel) file();
    }

    /** The same, as a channel into many buffers. */
    public ScatteringByteChannel scattering() throws IOException {
      return (ScatteringByteChannel) file();
    }

    /** Copies from a channel of the caller to another. */
    public long copy(ReadableByteChannel from, WritableByteChannel to) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(8);
      long count = 0;
      while (from.read(buffer) >= 0) {
        buffer.flip();
        count += to.write(buffer);
        buffer.clear();
      }
      return count;
    }

    /** Puts one and gives the buffer back. */
    public ByteBuffer put(ByteBuffer buffer, int value) {
      return buffer.put((byte) value);
    }

    /** Puts one where the buffer would not be moved. */
    public void putAt(ByteBuffer buffer, int value) {
      buffer.put(buffer.position(), (byte) value);
    }

    /** Reads an int. */
    public int getInt(ByteBuffer buffer) {
      return buffer.getInt();
    }

    /** Puts an int. */
    public void putInt(ByteBuffer buffer, int value) {
      buffer.putInt(value);
    }

    /** A buffer that holds an int, its lowest byte first. */
    public ByteBuffer littleEndian(int value) {
      return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).flip();
    }

    /** Whether a buffer of bytes or characters refuses to be written. */
    public boolean isRefused(Buffer buffer) {
      try {
        if (buffer instanceof ByteBuffer bytes) {
          bytes.put((byte) 1);
        } else {
          ((CharBuffer) buffer).put('x');
        }
        return false;
      } catch (ReadOnlyBufferException e) {
        return true;
      }
    }
  }

  @Conformance
  void aChannelFillsTheBufferAndMovesIt(Sources sources) throws IOException {
    for (Function<Integer, ByteBuffer> kind :
        java.util.List.<Function<Integer, ByteBuffer>>of(
            ByteBuffer::allocate,
            ByteBuffer::allocateDirect,
            n -> ByteBuffer.allocate(n + 3).position(3).slice())) {
      ReadableByteChannel channel = sources.of(new byte[] {1, 2, 3, 4, 5});
      ByteBuffer buffer = kind.apply(6);
      buffer.position(1).limit(4);
      assertThat(channel.read(buffer)).isEqualTo(3);
      assertThat(buffer.position()).isEqualTo(4);
      assertThat(buffer.limit()).isEqualTo(4);
      assertThat(channel.read(buffer)).isZero();
      buffer.clear();
      assertThat(new byte[] {buffer.get(), buffer.get(), buffer.get(), buffer.get(), buffer.get()})
          .containsExactly(0, 1, 2, 3, 0);
      buffer.clear();
      assertThat(channel.read(buffer)).isEqualTo(2);
      assertThat(channel.read(buffer)).isEqualTo(-1);
      assertThat(buffer.position()).isEqualTo(2);
      channel.close();
      assertThat(channel.isOpen()).isFalse();
      assertThatThrownBy(() -> channel.read(buffer)).isInstanceOf(ClosedChannelException.class);
    }
  }

  @Conformance
  void aChannelEmptiesTheBuffer(Sources sources) throws IOException {
    WritableByteChannel channel = sources.sink();
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
    assertThat(channel.write(buffer)).isEqualTo(2);
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(buffer.position()).isEqualTo(3);
    ByteBuffer readOnly = ByteBuffer.wrap(new byte[] {9}).asReadOnlyBuffer();
    assertThat(channel.write(readOnly)).isEqualTo(1);
    assertThat(readOnly.hasRemaining()).isFalse();
    assertThat(sources.written()).containsExactly(2, 3, 9);
  }

  @Conformance
  void aFileIsReadAndWrittenAtAPosition(Sources sources) throws IOException {
    try (SeekableByteChannel file = sources.file()) {
      assertThat(file.size()).isEqualTo(10);
      assertThat(file.position(4).position()).isEqualTo(4);
      ByteBuffer buffer = ByteBuffer.allocate(3);
      assertThat(file.read(buffer)).isEqualTo(3);
      assertThat(buffer.array()).containsExactly(4, 5, 6);
      file.position(0);
      buffer.flip();
      assertThat(file.write(buffer)).isEqualTo(3);
      file.truncate(5).position(0);
      ByteBuffer all = ByteBuffer.allocate(20);
      assertThat(file.read(all)).isEqualTo(5);
      assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {4, 5, 6, 3, 4}));
    }
  }

  @Conformance
  void manyBuffersAreEmptiedAtOnce(Sources sources) throws IOException {
    try (GatheringByteChannel file = sources.gathering()) {
      ByteBuffer first = ByteBuffer.wrap(new byte[] {1, 2});
      ByteBuffer second = ByteBuffer.wrap(new byte[] {3});
      assertThat(file.write(new ByteBuffer[] {first, second})).isEqualTo(3);
      assertThat(first.hasRemaining() || second.hasRemaining()).isFalse();
    }
  }

  @Conformance
  void manyBuffersAreFilledAtOnce(Sources sources) throws IOException {
    try (ScatteringByteChannel file = sources.scattering()) {
      ByteBuffer first = ByteBuffer.allocate(2);
      ByteBuffer second = ByteBuffer.allocate(3);
      assertThat(file.read(new ByteBuffer[] {first, second})).isEqualTo(5);
      assertThat(first.array()).containsExactly(0, 1);
      assertThat(second.array()).containsExactly(2, 3, 4);
    }
  }

  @Conformance
  void whatIsPutIntoABufferIsInTheCallers(Sources sources) {
    ByteBuffer buffer = ByteBuffer.allocate(3).position(1);
    assertThat(sources.put(buffer, 7)).isSameAs(buffer);
    assertThat(buffer.position()).isEqualTo(2);
    sources.putAt(buffer, 8);
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.array()).containsExactly(0, 7, 8);
    ByteBuffer number = ByteBuffer.allocate(4).putInt(77).flip();
    assertThat(sources.getInt(number)).isEqualTo(77);
    assertThat(number.hasRemaining()).isFalse();
    assertThatThrownBy(() -> sources.put(ByteBuffer.allocate(1).asReadOnlyBuffer(), 1))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Conformance
  void numbersAreReadAndPutInTheOrderOfTheCallersBuffer(Sources sources) {
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(1);
    sources.putInt(buffer, 0x0a0b0c0d);
    assertThat(buffer.flip().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(buffer.array()).containsExactly(1, 0, 0, 0, 0x0d, 0x0c, 0x0b, 0x0a);
    assertThat(sources.getInt(buffer)).isEqualTo(1);
    assertThat(sources.getInt(buffer)).isEqualTo(0x0a0b0c0d);
    assertThat(sources.littleEndian(7).getInt()).isEqualTo(7);
  }

  @Conformance
  void aBufferThatMayOnlyBeReadIsReadOnlyThere(Sources sources) {
    ByteBuffer bytes = ByteBuffer.allocate(8).putInt(4, 77).asReadOnlyBuffer();
    assertThat(sources.isRefused(bytes)).isTrue();
    assertThat(bytes.position()).isZero();
    assertThat(sources.getInt(bytes)).isZero();
    assertThat(sources.getInt(bytes)).isEqualTo(77);
    assertThat(sources.isRefused(CharBuffer.wrap("abc"))).isTrue();
    assertThat(sources.isRefused(CharBuffer.allocate(1))).isFalse();
  }

  @Conformance
  void channelsOfTheCallerAreReadAndWrittenThere(Sources sources) throws IOException {
    byte[] bytes = "through the other side".getBytes(UTF_8);
    var out = new ByteArrayOutputStream();
    assertThat(
            sources.copy(
                Channels.newChannel(new ByteArrayInputStream(bytes)), Channels.newChannel(out)))
        .isEqualTo(bytes.length);
    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThat(sources.copy(sources.of(bytes), sources.sink())).isEqualTo(bytes.length);
    assertThat(sources.written()).isEqualTo(bytes);
  }

  @Conformance
  void streamsOfTheCallerWrapAChannel(Sources sources) throws IOException {
    InputStream in = Channels.newInputStream(sources.of("abc".getBytes(UTF_8)));
    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("abc");
    Channels.newOutputStream(sources.sink()).write("xyz".getBytes(UTF_8));
    assertThat(new String(sources.written(), UTF_8)).isEqualTo("xyz");
    assertThat(Channels.newReader(sources.of("é".getBytes(UTF_8)), UTF_8).read()).isEqualTo('é');
  }

  @Conformance
  void whatAChannelThrowsIsThrown(Sources sources) {
    assertThatThrownBy(
            () -> {
              try (SeekableByteChannel channel = sources.file()) {
                channel.position(-1);
              }
            })
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }
}
