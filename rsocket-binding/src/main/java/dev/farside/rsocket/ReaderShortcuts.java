package dev.farside.rsocket;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Of the owner of a reader. The caller's side is {@link CharacterMethods}. */
final class ReaderShortcuts {
  private static final int MAX_READ = 1 << 22;

  private ReaderShortcuts() {}

  /** What one {@code read} into an array gives, at most so many characters; null at the end. */
  static char @Nullable [] read(Reader in, int length) throws IOException {
    char[] buffer = buffer(length);
    return given(buffer, in.read(buffer));
  }

  /** The same of a {@code read} into part of an array. */
  static char @Nullable [] readPart(Reader in, int length) throws IOException {
    char[] buffer = buffer(length);
    return given(buffer, in.read(buffer, 0, buffer.length));
  }

  /** The same, to be transferred to another writer. */
  @InsteadOf(value = "transferTo", parameters = Writer.class)
  static char @Nullable [] transfer(Reader in, int length) throws IOException {
    return readPart(in, length);
  }

  private static char[] buffer(int length) {
    return new char[Math.min(length, MAX_READ)];
  }

  private static char @Nullable [] given(char[] buffer, int count) {
    if (count < 0) {
      return null;
    }
    return count == buffer.length ? buffer : Arrays.copyOf(buffer, count);
  }
}
