package dev.farside.rsocket;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Of the owner of a reader. The caller's side is {@link CharacterMethods}. */
final class ReaderShortcuts {
  private static final int MAX_READ = 1 << 22;

  private ReaderShortcuts() {}

  /** What one {@code read} gives, at most so many characters; null at the end. */
  static char @Nullable [] read(Reader in, int length) throws IOException {
    char[] buffer = new char[Math.min(length, MAX_READ)];
    int count = in.read(buffer, 0, buffer.length);
    if (count < 0) {
      return null;
    }
    return count == buffer.length ? buffer : Arrays.copyOf(buffer, count);
  }
}
