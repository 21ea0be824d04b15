package dev.farside.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns as their text and the flags with which they were compiled. {@link Pattern#flags} also
 * counts those that the text turns on, as in {@code a(?i)b}, and not those that it turns off: there
 * only the serialized form tells.
 */
final class PatternParts {
  private PatternParts() {}

  static List<Object> of(Pattern pattern) {
    return List.of(
        pattern.pattern(),
        mayChangeFlags(pattern.pattern()) ? serializedFlags(pattern) : pattern.flags());
  }

  /** Between the two characters that begin such a group, some flags allow spaces and comments. */
  private static boolean mayChangeFlags(String text) {
    int open = text.indexOf('(');
    return open >= 0 && text.indexOf('?', open) >= 0;
  }

  private static int serializedFlags(Pattern pattern) {
    var bytes = new ByteArrayOutputStream();
    try (var form = new Form(bytes)) {
      form.writeObject(pattern);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes.toByteArray()).getInt(Form.FIRST_FIELD);
  }

  static Pattern toPattern(AtomParts parts) {
    return Pattern.compile(parts.text(), parts.integer());
  }

  /**
   * A serialized object without what describes its class, so that its fields are in a known place:
   * primitive ones come first, and of these a pattern has the flags only.
   */
  private static final class Form extends ObjectOutputStream {
    /** After the bytes that say: an object, a class, the end of its annotations, no superclass. */
    static final int FIRST_FIELD = 4;

    Form(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void writeStreamHeader() {}

    @Override
    protected void writeClassDescriptor(ObjectStreamClass description) {}
  }
}
