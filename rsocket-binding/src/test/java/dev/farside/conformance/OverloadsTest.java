package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Methods of the owner's classes that have names of well-known ones, and other parameters. */
public class OverloadsTest {
  /** A stream that writes text. */
  public static class TextOutput extends ByteArrayOutputStream {
    /** Writes in capitals, and tells how many. */
    public int write(byte[] text, String charset) throws IOException {
      write(new String(text, Charset.forName(charset)).toUpperCase(Locale.ROOT).getBytes(charset));
      return text.length;
    }
  }

  /** A stream of zeros. */
  public static class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    /** Says what was asked for. */
    public String read(byte[] buffer, String how) {
      return how + buffer.length;
    }

    /** Says what was asked for. */
    public String readNBytes(String how) {
      return how;
    }

    /** Says what was asked for. */
    public String readAllBytes(int first) {
      return "from " + first;
    }

    /** Says what was asked for. */
    public String transferTo(Collection<Integer> target) {
      return "to " + target.size();
    }
  }

  /** A reader. */
  public static class Letters extends CharArrayReader {
    /** Of two. */
    public Letters() {
      super(new char[] {'a', 'b'});
    }

    /** Says what was asked for. */
    public String read(char[] buffer, String how) {
      return how + buffer.length;
    }
  }

  /** A writer. */
  public static class Lines extends StringWriter {
    /** Says what was asked for. */
    public String write(char[] text, String how) {
      return how + text.length;
    }
  }

  /** A list. */
  public static class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    /** Says what was asked for. */
    public String toArray(int first, String how) {
      return how + first;
    }
  }

  /** What lives elsewhere. */
  public static class Things {
    /** One. */
    public TextOutput output() {
      return new TextOutput();
    }

    /** One. */
    public Zeros zeros() {
      return new Zeros();
    }

    /** One. */
    public Letters letters() {
      return new Letters();
    }

    /** One. */
    public Lines lines() {
      return new Lines();
    }

    /** One. */
    public Names names() {
      return new Names();
    }
  }

  @Conformance
  void streamsHaveTheirOwnMethodsToo(Things things) throws IOException {
    TextOutput output = things.output();
    assertThat(output.write(new byte[] {'a', 'b'}, "UTF-8")).isEqualTo(2);
    assertThat(output.toByteArray()).containsExactly('A', 'B');
    Zeros zeros = things.zeros();
    assertThat(zeros.read(new byte[3], "all ")).isEqualTo("all 3");
    assertThat(zeros.readNBytes("many")).isEqualTo("many");
    assertThat(zeros.readAllBytes(5)).isEqualTo("from 5");
    assertThat(zeros.transferTo(List.of(1, 2))).isEqualTo("to 2");
    assertThat(zeros.read(new byte[3])).isEqualTo(3);
  }

  @Conformance
  void readersWritersAndListsHaveTheirOwnMethodsToo(Things things) throws IOException {
    assertThat(things.letters().read(new char[3], "all ")).isEqualTo("all 3");
    assertThat(things.letters().read(new char[3])).isEqualTo(2);
    assertThat(things.lines().write(new char[3], "all ")).isEqualTo("all 3");
    assertThat(things.names().toArray(3, "from ")).isEqualTo("from 3");
  }
}
