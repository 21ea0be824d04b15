package dev.farside.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PushbackInputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Input streams. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // a stream may be written so
public class InputStreamsTest {
  /** What lives elsewhere. */
  public static class Inputs {
    private final AtomicBoolean closed = new AtomicBoolean();

    /** These bytes. */
    public InputStream of(byte[] bytes) {
      return new FilterInputStream(new ByteArrayInputStream(bytes)) {
        @Override
        public void close() throws IOException {
          closed.set(true);
          super.close();
        }
      };
    }

    /** Whether the last was closed. */
    public boolean closed() {
      return closed.get();
    }

    /** Fails at once. */
    public InputStream failing() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          throw new EOFException("no more");
        }
      };
    }

    /** Gives one byte at a time. */
    public InputStream slow(byte[] bytes) {
      return new FilterInputStream(new ByteArrayInputStream(bytes)) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          return super.read(buffer, offset, Math.min(length, 1));
        }
      };
    }

    /** Of a file. */
    public FileInputStream ofFile(Path file) throws IOException {
      return new FileInputStream(file.toFile());
    }

    /** Of a file, for reading and writing. */
    public RandomAccessFile randomAccess(Path file) throws IOException {
      return new RandomAccessFile(file.toFile(), "rw");
    }

    /** Takes back. */
    public PushbackInputStream pushback(byte[] bytes) {
      return new PushbackInputStream(new ByteArrayInputStream(bytes), 4);
    }

    /** Buffers. */
    public BufferedInputStream buffered(byte[] bytes) {
      return new BufferedInputStream(new ByteArrayInputStream(bytes));
    }

    /** Reads the caller's to its end. */
    public String text(InputStream in) throws IOException {
      return new String(in.readAllBytes(), UTF_8);
    }

    /** Reads some of the caller's. */
    public byte[] some(InputStream in, int count) throws IOException {
      byte[] bytes = new byte[count + 2];
      int read = in.read(bytes, 1, count);
      return Arrays.copyOfRange(bytes, 1, 1 + read);
    }

    /** Joins two of the caller's. */
    public InputStream joined(InputStream first, InputStream second) {
      return new SequenceInputStream(first, second);
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Conformance
  void bytesAreReadOneByOneToTheEnd(Inputs inputs) throws IOException {
    InputStream in = inputs.of(new byte[] {1, -1, 3});
    assertThat(in.read()).isEqualTo(1);
    assertThat(in.read()).isEqualTo(255);
    assertThat(in.available()).isEqualTo(1);
    assertThat(in.read()).isEqualTo(3);
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[1])).isEqualTo(-1);
  }

  @Conformance
  void onlyTheRangeThatWasReadChangesInTheBuffer(Inputs inputs) throws IOException {
    InputStream in = inputs.of(bytes(10));
    byte[] buffer = new byte[8];
    Arrays.fill(buffer, (byte) 99);
    assertThat(in.read(buffer, 2, 3)).isEqualTo(3);
    assertThat(buffer).containsExactly(99, 99, 0, 1, 2, 99, 99, 99);
    assertThat(in.read(buffer, 0, 0)).isZero();
    assertThat(in.read(buffer)).isEqualTo(7);
    assertThat(buffer).containsExactly(3, 4, 5, 6, 7, 8, 9, 99);
  }

  @Conformance
  void anotherThreadMayWriteTheRestOfTheBuffer(Inputs inputs) throws IOException {
    byte[] buffer = new byte[4];
    InputStream in = inputs.of(bytes(10));
    in.skip(5);
    buffer[3] = 42;
    in.read(buffer, 0, 2);
    assertThat(buffer).containsExactly(5, 6, 0, 42);
  }

  @Conformance
  void aRangeOutsideTheBufferIsRefused(Inputs inputs) {
    assertThatThrownBy(() -> inputs.of(bytes(3)).read(new byte[2], 1, 2))
        .isExactlyInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> inputs.of(bytes(3)).read(null, 0, 1))
        .isExactlyInstanceOf(NullPointerException.class);
  }

  @Conformance
  void marksAreGoneBackTo(Inputs inputs) throws IOException {
    InputStream in = inputs.of(bytes(10));
    assertThat(in.markSupported()).isTrue();
    in.skip(2);
    in.mark(100);
    assertThat(in.read()).isEqualTo(2);
    assertThat(in.skip(3)).isEqualTo(3);
    in.reset();
    assertThat(in.read()).isEqualTo(2);
    assertThat(in.skip(100)).isEqualTo(7);
    assertThatThrownBy(() -> inputs.failing().reset())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("mark/reset not supported");
  }

  @Conformance
  void manyBytesAreReadAtOnce(Inputs inputs) throws IOException {
    byte[] many = bytes(300_000);
    assertThat(inputs.of(many).readAllBytes()).isEqualTo(many);
    InputStream in = inputs.of(many);
    assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(many, 1000));
    byte[] buffer = new byte[500_000];
    assertThat(in.readNBytes(buffer, 10, 400_000)).isEqualTo(299_000);
    assertThat(buffer[9]).isZero();
    assertThat(Arrays.copyOfRange(buffer, 10, 299_010))
        .isEqualTo(Arrays.copyOfRange(many, 1000, 300_000));
    InputStream skipped = inputs.of(many);
    skipped.skipNBytes(299_999);
    assertThat(skipped.read()).isEqualTo(many[299_999] & 0xff);
    assertThatThrownBy(() -> skipped.skipNBytes(1)).isExactlyInstanceOf(EOFException.class);
  }

  @Conformance
  void aStreamIsTransferredToOneOfTheCaller(Inputs inputs) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(inputs.of(bytes(20_000)).transferTo(out)).isEqualTo(20_000);
    assertThat(out.toByteArray()).isEqualTo(bytes(20_000));
  }

  @Conformance
  void aStreamIsClosed(Inputs inputs) throws IOException {
    try (InputStream in = inputs.of(bytes(1))) {
      assertThat(in.read()).isZero();
      assertThat(inputs.closed()).isFalse();
    }
    assertThat(inputs.closed()).isTrue();
  }

  @Conformance
  void whatAStreamThrowsIsThrown(Inputs inputs) {
    assertThatThrownBy(() -> inputs.failing().read())
        .isExactlyInstanceOf(EOFException.class)
        .hasMessage("no more");
  }

  @Conformance
  void readersOfTheCallerWrapAStream(Inputs inputs) throws IOException {
    byte[] text = "one\ntwo 2\nthrée".getBytes(UTF_8);
    try (var reader = new BufferedReader(new InputStreamReader(inputs.of(text), UTF_8))) {
      assertThat(reader.lines().toList()).containsExactly("one", "two 2", "thrée");
    }
    try (var scanner = new Scanner(inputs.slow(text), UTF_8)) {
      assertThat(scanner.next()).isEqualTo("one");
      assertThat(scanner.next()).isEqualTo("two");
      assertThat(scanner.nextInt()).isEqualTo(2);
    }
    var buffered = new BufferedInputStream(inputs.slow(text));
    buffered.mark(10);
    buffered.readNBytes(5);
    buffered.reset();
    assertThat(buffered.readAllBytes()).isEqualTo(text);
  }

  @Conformance
  void compressedAndTypedDataAreRead(Inputs inputs) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeUTF("text");
      out.writeLong(5);
      out.writeInt(6);
    }
    try (var in = new DataInputStream(new GZIPInputStream(inputs.slow(bytes.toByteArray())))) {
      assertThat(in.readUTF()).isEqualTo("text");
      assertThat(in.readLong()).isEqualTo(5);
      assertThat(in.readInt()).isEqualTo(6);
      assertThatThrownBy(in::readInt).isInstanceOf(EOFException.class);
    }
  }

  @Conformance
  void aStreamOfTheCallerIsReadThere(Inputs inputs) throws IOException {
    assertThat(inputs.text(new ByteArrayInputStream("héllo".getBytes(UTF_8)))).isEqualTo("héllo");
    InputStream own = new ByteArrayInputStream(bytes(10));
    own.skip(3);
    assertThat(inputs.some(own, 4)).containsExactly(3, 4, 5, 6);
    assertThat(own.read()).isEqualTo(7);
    assertThat(own.available()).isEqualTo(2);
  }

  @Conformance
  void aStreamOfBothSidesIsOne(Inputs inputs) throws IOException {
    InputStream joined = inputs.joined(new ByteArrayInputStream(bytes(3)), inputs.of(bytes(2)));
    assertThat(joined.readAllBytes()).containsExactly(0, 1, 2, 0, 1);
  }

  @Conformance
  void aStreamOfThisSideWritesIntoAPipeThatIsReadThere(Inputs inputs) throws Exception {
    var in = new PipedInputStream();
    var out = new PipedOutputStream(in);
    var writer =
        new Thread(
            () -> {
              try (out) {
                out.write("through".getBytes(UTF_8));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    assertThat(inputs.text(in)).isEqualTo("through");
    writer.join();
  }

  @Conformance
  void bytesAreUnread(Inputs inputs) throws IOException {
    PushbackInputStream in = inputs.pushback(bytes(3));
    assertThat(in.read()).isZero();
    in.unread(9);
    in.unread(new byte[] {7, 8});
    assertThat(in.readAllBytes()).containsExactly(7, 8, 9, 1, 2);
    assertThat(inputs.buffered(bytes(3)).readAllBytes()).hasSize(3);
  }

  @Conformance
  void aFileIsReadAtAnyPosition(Inputs inputs) throws IOException {
    Path file = Files.createTempFile("conformance", ".bin");
    try {
      Files.write(file, bytes(100));
      try (RandomAccessFile random = inputs.randomAccess(file)) {
        random.seek(50);
        assertThat(random.read()).isEqualTo(50);
        assertThat(random.getFilePointer()).isEqualTo(51);
        byte[] buffer = new byte[3];
        random.readFully(buffer);
        assertThat(buffer).containsExactly(51, 52, 53);
        random.seek(0);
        random.write(new byte[] {42}, 0, 1);
        random.setLength(10);
        assertThat(random.length()).isEqualTo(10);
      }
      assertThat(Files.readAllBytes(file)).startsWith(42, 1).hasSize(10);
      try (FileInputStream in = inputs.ofFile(file)) {
        assertThat(in.skip(4)).isEqualTo(4);
        assertThat(in.readAllBytes()).containsExactly(4, 5, 6, 7, 8, 9);
      }
    } finally {
      Files.delete(file);
    }
  }
}
