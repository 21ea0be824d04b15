package dev.farside.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;

/** Readers, writers and streams that have methods of their own for what others do by others. */
public class OwnMethodsTest {
  /** What lives elsewhere. */
  public static class Streams {
    private final StringWriter text = new StringWriter();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Its overloads write in different ways. */
    public Writer writer() {
      return new FilterWriter(text) {
        @Override
        public void write(String string, int offset, int length) throws IOException {
          out.write(string.substring(offset, offset + length).toUpperCase(Locale.ROOT));
        }

        @Override
        public void write(char[] characters) throws IOException {
          out.write("[");
          out.write(characters);
          out.write("]");
        }
      };
    }

    /** What was written. */
    public String text() {
      return text.toString();
    }

    /** Its overloads write in different ways. */
    public OutputStream output() {
      return new FilterOutputStream(bytes) {
        @Override
        public void write(byte[] all) throws IOException {
          out.write('[');
          out.write(all, 0, all.length);
          out.write(']');
        }
      };
    }

    /** What was written. */
    public byte[] bytes() {
      return bytes.toByteArray();
    }

    /** Says which method reads. */
    public InputStream input() {
      return new InputStream() {
        @Override
        public int read() {
          return 'x';
        }

        @Override
        public int read(byte[] buffer) {
          buffer[0] = 'b';
          return 1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          buffer[offset] = 'p';
          return 1;
        }

        @Override
        public byte[] readAllBytes() {
          return "all".getBytes(UTF_8);
        }

        @Override
        public byte[] readNBytes(int length) {
          return "some".getBytes(UTF_8);
        }

        @Override
        public int readNBytes(byte[] buffer, int offset, int length) {
          buffer[offset] = 'n';
          return 1;
        }

        @Override
        public long transferTo(OutputStream out) throws IOException {
          out.write("to".getBytes(UTF_8));
          return 2;
        }
      };
    }

    /** Says which method reads. */
    public Reader reader() {
      return new StringReader("") {
        @Override
        public int read(char[] buffer) {
          buffer[0] = 'b';
          return 1;
        }

        @Override
        public long transferTo(Writer out) throws IOException {
          out.write("to");
          return 2;
        }
      };
    }

    /** Fails after some bytes. */
    public InputStream broken() {
      return new InputStream() {
        private int left = 3;

        @Override
        public int read() throws IOException {
          if (left-- == 0) {
            throw new IOException("torn");
          }
          return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          buffer[offset] = (byte) read();
          return 1;
        }
      };
    }
  }

  @Conformance
  void charactersAreWrittenByTheMethodThatIsCalled(Streams streams) throws IOException {
    Writer writer = streams.writer();
    writer.write("abc", 0, 2);
    writer.write(new char[] {'d'});
    writer.write(new char[] {'e', 'f'}, 0, 2);
    writer.flush();
    assertThat(streams.text()).isEqualTo("AB[d]ef");
  }

  @Conformance
  void bytesAreWrittenByTheMethodThatIsCalled(Streams streams) throws IOException {
    OutputStream output = streams.output();
    output.write(new byte[] {'a'});
    output.write(new byte[] {'b', 'c'}, 0, 2);
    output.flush();
    assertThat(streams.bytes()).isEqualTo("[a]bc".getBytes(UTF_8));
  }

  @Conformance
  void bytesAreReadByTheMethodThatIsCalled(Streams streams) throws IOException {
    InputStream input = streams.input();
    byte[] buffer = new byte[2];
    assertThat(input.read(buffer)).isEqualTo(1);
    assertThat(input.read(buffer, 1, 1)).isEqualTo(1);
    assertThat(buffer).isEqualTo("bp".getBytes(UTF_8));
    assertThat(input.readAllBytes()).isEqualTo("all".getBytes(UTF_8));
    assertThat(input.readNBytes(9)).isEqualTo("some".getBytes(UTF_8));
    assertThat(input.readNBytes(buffer, 1, 1)).isEqualTo(1);
    assertThat(buffer).isEqualTo("bn".getBytes(UTF_8));
    var copy = new ByteArrayOutputStream();
    assertThat(input.transferTo(copy)).isEqualTo(2);
    assertThat(copy.toByteArray()).isEqualTo("to".getBytes(UTF_8));
  }

  @Conformance
  void charactersAreReadByTheMethodThatIsCalled(Streams streams) throws IOException {
    Reader reader = streams.reader();
    char[] buffer = new char[1];
    assertThat(reader.read(buffer)).isEqualTo(1);
    assertThat(buffer).containsExactly('b');
    assertThat(reader.read(buffer, 0, 1)).isEqualTo(-1);
    var copy = new StringWriter();
    assertThat(reader.transferTo(copy)).isEqualTo(2);
    assertThat(copy.toString()).isEqualTo("to");
  }

  @Conformance
  void whatWasReadBeforeAnErrorIsInTheBuffer(Streams streams) {
    byte[] buffer = new byte[9];
    assertThatThrownBy(() -> streams.broken().readNBytes(buffer, 1, 8))
        .isInstanceOf(IOException.class)
        .hasMessage("torn");
    assertThat(buffer).containsExactly(0, 'x', 'x', 'x', 0, 0, 0, 0, 0);
  }
}
