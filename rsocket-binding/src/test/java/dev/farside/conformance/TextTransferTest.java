package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Peer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;

/** Texts and files that are read and written through the usual classes of the caller. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // people do not
public class TextTransferTest {
  private static final String LINES = "first line\nsecond line\n\u00e4\u20ac\n".repeat(2000);

  /** What lives elsewhere. */
  public static class Texts {
    private final StringWriter written = new StringWriter();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** UTF-8. */
    public InputStream stream() {
      return new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, as characters. */
    public Reader reader() {
      return new StringReader(LINES);
    }

    /** The same, by lines. */
    public BufferedReader buffered() {
      return new BufferedReader(new StringReader(LINES));
    }

    /** Remembers. */
    public Writer writer() {
      return written;
    }

    /** What was written. */
    public String written() {
      return written.toString();
    }

    /** Remembers. */
    public OutputStream sink() {
      return bytes;
    }

    /** What was written. */
    public byte[] bytes() {
      return bytes.toByteArray();
    }

    /** Fails after some bytes. */
    public InputStream broken() {
      return new InputStream() {
        private int left = 100_000;

        @Override
        public int read() throws IOException {
          if (left == 0) {
            throw new IOException("torn");
          }
          left--;
          return 'x';
        }
      };
    }
  }

  @Conformance
  void aReaderOfTheCallerReadsAStream(Texts texts) throws IOException {
    try (var reader =
        new BufferedReader(new InputStreamReader(texts.stream(), StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).isEqualTo("first line");
      assertThat(reader.lines().count()).isEqualTo(5999);
    }
  }

  @Conformance
  void aScannerOfTheCallerReadsAStream(Texts texts) {
    try (var scanner = new Scanner(texts.stream(), StandardCharsets.UTF_8)) {
      assertThat(scanner.next()).isEqualTo("first");
      assertThat(scanner.nextLine()).isEqualTo(" line");
      assertThat(scanner.findWithinHorizon("\u20ac", 0)).isEqualTo("\u20ac");
    }
  }

  @Conformance
  void filesAreCopied(Texts texts) throws IOException {
    Path file = Files.createTempFile("farside", ".txt");
    try {
      Files.delete(file);
      assertThat(Files.copy(texts.stream(), file)).isEqualTo(Files.size(file));
      assertThat(Files.readString(file)).isEqualTo(LINES);
      Files.copy(file, texts.sink());
      assertThat(new String(texts.bytes(), StandardCharsets.UTF_8)).isEqualTo(LINES);
    } finally {
      Files.delete(file);
    }
  }

  @Conformance
  void charactersAreReadIntoTheirRangeOnly(Texts texts) throws IOException {
    Reader reader = texts.reader();
    char[] buffer = "..........".toCharArray();
    assertThat(reader.read(buffer, 2, 5)).isEqualTo(5);
    assertThat(buffer).isEqualTo("..first...".toCharArray());
    assertThat(reader.read()).isEqualTo(' ');
    assertThat(reader.skip(5)).isEqualTo(5);
    assertThat(reader.read(buffer)).isEqualTo(10);
    assertThat(new String(buffer)).isEqualTo("second lin");
    assertThatThrownBy(() -> reader.read(buffer, 8, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    var rest = new StringWriter();
    assertThat(reader.transferTo(rest)).isEqualTo(LINES.length() - 21);
    assertThat(rest.toString()).isEqualTo(LINES.substring(21));
    assertThat(reader.read(buffer)).isEqualTo(-1);
  }

  @Conformance
  void charactersAreWrittenFromTheirRangeOnly(Texts texts) throws IOException {
    Writer writer = texts.writer();
    char[] buffer = "abcdef".toCharArray();
    writer.write(buffer, 1, 3);
    buffer[1] = 'X';
    writer.write("ghijk", 2, 2);
    writer.append('-').append("lm").append("nop", 1, 2);
    assertThatThrownBy(() -> writer.write(buffer, 5, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(texts.written()).isEqualTo("bcdij-lmo");
  }

  @Conformance
  void linesComeOneByOneOrAllTogether(Texts texts) throws IOException {
    try (BufferedReader reader = texts.buffered()) {
      assertThat(reader.readLine()).isEqualTo("first line");
      assertThat(reader.lines().skip(5997).toList()).containsExactly("second line", "\u00e4\u20ac");
    }
  }

  @Conformance
  void anErrorInTheMiddleOfAStreamArrives(Texts texts) {
    var heard = new ByteArrayOutputStream();
    assertThatThrownBy(() -> texts.broken().transferTo(heard))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("torn");
    assertThatThrownBy(() -> texts.broken().readAllBytes()).isExactlyInstanceOf(IOException.class);
  }

  @Conformance(here = false)
  void linesAndCharactersTakeFewRequests(Texts texts, Peer peer) throws IOException {
    BufferedReader reader = texts.buffered();
    long before = peer.stats().requestsSent();
    assertThat(reader.lines().count()).isEqualTo(6000);
    assertThat(peer.stats().requestsSent() - before).isLessThanOrEqualTo(10);
    InputStream in = texts.stream();
    before = peer.stats().requestsSent();
    assertThat(in.transferTo(OutputStream.nullOutputStream())).isPositive();
    assertThat(peer.stats().requestsSent() - before).isLessThanOrEqualTo(10);
  }
}
