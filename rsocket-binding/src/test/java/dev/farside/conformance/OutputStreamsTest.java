package dev.farside.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Output streams. */
@SuppressWarnings("DefaultCharset") // what the platform takes by default, all of it writes alike
public class OutputStreamsTest {
  /** What lives elsewhere. */
  public static class Outputs {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Keeps what is written. */
    public OutputStream out() {
      return new FilterOutputStream(written) {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          written.write(bytes, offset, length);
        }

        @Override
        public void close() {
          closed.set(true);
        }
      };
    }

    /** What was written. */
    public byte[] written() {
      return written.toByteArray();
    }

    /** Whether it was closed. */
    public boolean closed() {
      return closed.get();
    }

    /** By its class. */
    public ByteArrayOutputStream bytes() {
      return written;
    }

    /** Prints. */
    public PrintStream print() {
      return new PrintStream(written, true, UTF_8);
    }

    /** Fails. */
    public OutputStream full() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new IOException("full");
        }
      };
    }

    /** Writes to the caller's. */
    public void say(OutputStream out, String text) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
      out.write(bytes, 0, bytes.length);
      out.write('!');
      Arrays.fill(bytes, (byte) 0);
      out.flush();
    }

    /** Prints to the caller's. */
    public void print(PrintStream out) {
      out.printf("%d-%s%n", 1, "a");
      out.println(true);
    }
  }

  /** Has a text of its own. */
  public static class Named {
    @Override
    public String toString() {
      return "mine";
    }
  }

  @Conformance
  void bytesAreWritten(Outputs outputs) throws IOException {
    OutputStream out = outputs.out();
    out.write(300);
    out.write(new byte[] {1, 2});
    out.write(new byte[] {0, 3, 4, 0}, 1, 2);
    out.flush();
    assertThat(outputs.written()).containsExactly(44, 1, 2, 3, 4);
    assertThatThrownBy(() -> out.write(new byte[2], 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Conformance
  void theBufferIsTheCallersAgainRightAfterwards(Outputs outputs) throws IOException {
    OutputStream out = outputs.out();
    byte[] buffer = new byte[3];
    for (byte i = 0; i < 3; i++) {
      Arrays.fill(buffer, i);
      out.write(buffer, 0, 2);
    }
    Arrays.fill(buffer, (byte) 9);
    assertThat(outputs.written()).containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Conformance
  void aStreamIsClosedAndFails(Outputs outputs) throws IOException {
    try (OutputStream out = outputs.out()) {
      out.write(1);
    }
    assertThat(outputs.closed()).isTrue();
    assertThatThrownBy(() -> outputs.full().write(1))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("full");
  }

  @Conformance
  void streamsOfTheCallerWrapAStream(Outputs outputs) throws IOException {
    try (var data = new DataOutputStream(new BufferedOutputStream(outputs.out()))) {
      data.writeInt(1);
    }
    try (var writer = new OutputStreamWriter(outputs.out(), UTF_8)) {
      writer.write("é");
    }
    var print = new PrintStream(outputs.out(), true, UTF_8);
    print.print("x");
    assertThat(print.checkError()).isFalse();
    assertThat(outputs.written()).containsExactly(0, 0, 0, 1, 0xc3, 0xa9, 'x');
  }

  @Conformance
  void compressedAndSerializedDataAreWritten(Outputs outputs) throws Exception {
    try (var out = new ObjectOutputStream(new GZIPOutputStream(outputs.out()))) {
      out.writeObject(new java.util.ArrayList<>(java.util.List.of(1, 2)));
    }
    try (var in =
        new ObjectInputStream(new GZIPInputStream(new ByteArrayInputStream(outputs.written())))) {
      assertThat(in.readObject()).isEqualTo(java.util.List.of(1, 2));
    }
  }

  @Conformance
  void aByteArrayStreamGivesItsBytes(Outputs outputs) throws IOException {
    ByteArrayOutputStream bytes = outputs.bytes();
    bytes.writeBytes("abc".getBytes(UTF_8));
    assertThat(bytes.size()).isEqualTo(3);
    assertThat(bytes.toString(UTF_8)).isEqualTo("abc");
    assertThat(bytes.toString()).isEqualTo("abc");
    var own = new ByteArrayOutputStream();
    bytes.writeTo(own);
    assertThat(own.toByteArray()).isEqualTo(bytes.toByteArray());
    bytes.reset();
    assertThat(bytes.size()).isZero();
  }

  @Conformance
  void aPrintStreamPrints(Outputs outputs) {
    PrintStream print = outputs.print();
    print.print(1);
    print.print('c');
    print.print("text");
    print.print(1.5);
    print.print(new char[] {'x', 'y'});
    print.printf("%03d", 7);
    print.append("ab").append('c').append("0123", 1, 2);
    print.println();
    assertThat(print.checkError()).isFalse();
    assertThat(new String(outputs.written(), UTF_8))
        .isEqualTo("1ctext1.5xy007abc1" + System.lineSeparator());
  }

  @Conformance
  void whatIsPrintedIsDescribedByItsOwner(Outputs outputs) {
    Object own = new Named();
    outputs.print().print(own);
    outputs.print().format("-%s-%s", own, null);
    assertThat(new String(outputs.written(), UTF_8)).isEqualTo("mine-mine-null");
  }

  @Conformance
  void aStackTraceIsPrinted(Outputs outputs) {
    new IllegalStateException("why").printStackTrace(outputs.print());
    assertThat(new String(outputs.written(), UTF_8))
        .startsWith("java.lang.IllegalStateException: why")
        .contains("at ");
  }

  @Conformance
  void aStreamOfTheCallerIsWrittenThere(Outputs outputs) throws IOException {
    var own = new ByteArrayOutputStream();
    outputs.say(own, "hi");
    assertThat(own.toString(UTF_8)).isEqualTo("hi!");
    var printed = new ByteArrayOutputStream();
    outputs.print(new PrintStream(printed, true, UTF_8));
    assertThat(printed.toString(UTF_8).lines().toList()).containsExactly("1-a", "true");
  }

  @Conformance
  void aStreamIsTransferredFromOneOfTheCaller(Outputs outputs) throws IOException {
    byte[] many = new byte[20_000];
    many[19_999] = 1;
    new ByteArrayInputStream(many).transferTo(outputs.out());
    assertThat(outputs.written()).isEqualTo(many);
  }
}
