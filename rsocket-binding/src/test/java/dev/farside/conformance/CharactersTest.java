package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Texts: what reads, writes, holds and formats characters. */
@SuppressWarnings({
  "JdkObsolete",
  "JavaUtilDate",
  "UnnecessaryStringBuilder"
}) // texts of every kind are the subject
public class CharactersTest {
  /** What lives elsewhere. */
  public static class Texts {
    private final StringBuilder builder = new StringBuilder();
    private final StringWriter written = new StringWriter();

    /** Reads this. */
    public Reader reader(String text) {
      return new StringReader(text);
    }

    /** Reads lines of this. */
    public BufferedReader lines(String text) {
      return new BufferedReader(new StringReader(text));
    }

    /** Counts lines. */
    public LineNumberReader numbered(String text) {
      return new LineNumberReader(new StringReader(text));
    }

    /** Writes. */
    public Writer writer() {
      return written;
    }

    /** Writes, by its class. */
    public StringWriter stringWriter() {
      return written;
    }

    /** Prints. */
    public PrintWriter printer() {
      return new PrintWriter(written, true);
    }

    /** What was written. */
    public String written() {
      return written.toString();
    }

    /** A builder, as what it can be. */
    public CharSequence sequence(String text) {
      return new StringBuilder(text);
    }

    /** The same builder each time. */
    public Appendable appendable() {
      return builder;
    }

    /** What was appended. */
    public String appended() {
      return builder.toString();
    }

    /** Appends to the caller's. */
    public void append(Appendable appendable) throws IOException {
      appendable.append("a").append('b').append("0123", 1, 3);
    }

    /** All of the caller's. */
    public String all(Reader reader) throws IOException {
      var text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }

    /** The length of the caller's. */
    public String twice(CharSequence text) {
      return text.toString() + text;
    }

    /** Fills a buffer of the caller. */
    public int fill(CharBuffer buffer) throws IOException {
      return new StringReader("xyz").read(buffer);
    }

    /** Formats. */
    public NumberFormat numberFormat() {
      return new DecimalFormat("#,##0.00", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    /** Formats dates. */
    public SimpleDateFormat dateFormat() {
      var format = new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);
      format.setTimeZone(java.util.TimeZone.getTimeZone("UTC"));
      return format;
    }

    /** Is final. */
    public java.util.regex.MatchResult match(String text) {
      var matcher = Pattern.compile("(\\w)(\\d)").matcher(text);
      return matcher.find() ? matcher.toMatchResult() : matcher;
    }
  }

  @Conformance
  void charactersAreRead(Texts texts) throws IOException {
    Reader reader = texts.reader("abcdefé😀");
    assertThat(reader.read()).isEqualTo('a');
    char[] buffer = {'0', '0', '0', '0'};
    assertThat(reader.read(buffer, 1, 2)).isEqualTo(2);
    assertThat(buffer).containsExactly('0', 'b', 'c', '0');
    assertThat(reader.markSupported()).isTrue();
    reader.mark(10);
    assertThat(reader.skip(2)).isEqualTo(2);
    assertThat(reader.read()).isEqualTo('f');
    reader.reset();
    assertThat(reader.ready()).isTrue();
    assertThat(texts.all(reader)).isEqualTo("defé😀");
    assertThat(reader.read()).isEqualTo(-1);
    reader.close();
    assertThatThrownBy(reader::read)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Stream closed");
  }

  @Conformance
  void aReaderFillsABuffer(Texts texts) throws IOException {
    Reader reader = texts.reader("abc");
    CharBuffer buffer = CharBuffer.allocate(5).position(1);
    assertThat(reader.read(buffer)).isEqualTo(3);
    assertThat(buffer.position()).isEqualTo(4);
    assertThat(buffer.flip().toString()).isEqualTo("\0abc");
    assertThat(reader.read(CharBuffer.allocate(1))).isEqualTo(-1);
    CharBuffer small = CharBuffer.allocate(2);
    assertThat(texts.fill(small)).isEqualTo(2);
    assertThat(small.flip().toString()).isEqualTo("xy");
  }

  @Conformance
  void linesAreRead(Texts texts) throws IOException {
    BufferedReader reader = texts.lines("one\ntwo\nthree");
    assertThat(reader.readLine()).isEqualTo("one");
    assertThat(reader.lines().toList()).containsExactly("two", "three");
    assertThat(reader.readLine()).isNull();
    LineNumberReader numbered = texts.numbered("a\nb");
    numbered.readLine();
    assertThat(numbered.getLineNumber()).isEqualTo(1);
    try (var own = new BufferedReader(texts.reader("x\ny"))) {
      assertThat(own.lines().toList()).containsExactly("x", "y");
    }
  }

  @Conformance
  void aReaderIsScannedHere(Texts texts) {
    try (var scanner = new Scanner(texts.reader("1 two 3.5"))) {
      scanner.useLocale(Locale.ROOT);
      assertThat(scanner.nextInt()).isEqualTo(1);
      assertThat(scanner.next()).isEqualTo("two");
      assertThat(scanner.nextDouble()).isEqualTo(3.5);
      assertThat(scanner.hasNext()).isFalse();
    }
  }

  @Conformance
  void charactersAreWritten(Texts texts) throws IOException {
    Writer writer = texts.writer();
    writer.write('a');
    writer.write("bcd", 1, 2);
    char[] buffer = {'x', 'y', 'z'};
    writer.write(buffer, 1, 1);
    buffer[1] = '!';
    writer.append("é😀").append('-').append("01234", 2, 4);
    writer.flush();
    assertThat(texts.written()).isEqualTo("acdyé😀-23");
    assertThat(texts.stringWriter()).hasToString("acdyé😀-23");
  }

  @Conformance
  void writersOfTheCallerWrapAWriter(Texts texts) throws IOException {
    try (var buffered = new BufferedWriter(texts.writer())) {
      buffered.write("line");
      buffered.newLine();
    }
    new PrintWriter(texts.writer(), true).printf("%d", 1).flush();
    texts.printer().println("printed");
    assertThat(texts.written().lines().toList()).containsExactly("line", "1printed");
  }

  @Conformance
  void aBuilderIsACharSequence(Texts texts) {
    CharSequence text = texts.sequence("abc");
    assertThat(text.length()).isEqualTo(3);
    assertThat(text.charAt(1)).isEqualTo('b');
    assertThat(text.subSequence(1, 3).toString()).isEqualTo("bc");
    assertThat(text.chars().sum()).isEqualTo('a' + 'b' + 'c');
    assertThat(text.toString()).isEqualTo("abc");
    assertThat("abc".contentEquals(text)).isTrue();
    assertThat(String.join("-", text, text)).isEqualTo("abc-abc");
    assertThat(new StringBuilder().append(text).append(text, 1, 2)).hasToString("abcb");
    assertThat(Pattern.matches("a.c", text)).isTrue();
    assertThat(CharSequence.compare(text, "abd")).isNegative();
    assertThatThrownBy(() -> text.charAt(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Conformance
  void aBuilderIsAppendedTo(Texts texts) throws IOException {
    Appendable appendable = texts.appendable();
    appendable.append("a").append('b').append("0123", 1, 3);
    var formatter = new Formatter(appendable, Locale.ROOT);
    formatter.format("-%.1f", 1.25);
    assertThat(texts.appended()).startsWith("ab12-1.");
    assertThat(appendable.toString()).isEqualTo(texts.appended());
  }

  @Conformance
  void aBuilderOfTheCallerIsAppendedToThere(Texts texts) throws IOException {
    var builder = new StringBuilder("0");
    texts.append(builder);
    var buffer = new StringBuffer("1");
    texts.append(buffer);
    var writer = new StringWriter();
    texts.append(writer);
    assertThat(List.of(builder.toString(), buffer.toString(), writer.toString()))
        .containsExactly("0ab12", "1ab12", "ab12");
    assertThat(texts.twice(builder)).isEqualTo("0ab120ab12");
    assertThat(texts.twice(new StringJoiner(",").add("a").toString())).isEqualTo("aa");
  }

  @Conformance
  void aReaderOfTheCallerIsReadThere(Texts texts) throws IOException {
    assertThat(texts.all(new StringReader("héllo😀"))).isEqualTo("héllo😀");
  }

  @Conformance
  void numbersAreFormattedAndParsed(Texts texts) throws Exception {
    NumberFormat format = texts.numberFormat();
    format.setMaximumFractionDigits(1);
    format.setMinimumFractionDigits(1);
    assertThat(format.parse("1,000.5")).isEqualTo(1000.5);
    assertThatThrownBy(() -> format.parse("x")).isExactlyInstanceOf(java.text.ParseException.class);
    assertThat(format.getMaximumFractionDigits()).isEqualTo(1);
    assertThat(texts.dateFormat().parse("1970-01-02")).isEqualTo(new Date(86_400_000));
    assertThat(texts.dateFormat().parse("1970-01-02x", new ParsePosition(0))).isNotNull();
  }

  @Conformance
  void aMatchIsAskedForItsGroups(Texts texts) {
    var match = texts.match("--a1");
    assertThat(match.group()).isEqualTo("a1");
    assertThat(match.group(2)).isEqualTo("1");
    assertThat(match.start()).isEqualTo(2);
    assertThat(match.groupCount()).isEqualTo(2);
    assertThatThrownBy(() -> match.group(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
