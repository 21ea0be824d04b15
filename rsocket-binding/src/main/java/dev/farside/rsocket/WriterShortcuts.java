package dev.farside.rsocket;

import java.io.IOException;
import java.io.Writer;

/** Of the owner of a writer. The caller's side is {@link CharacterMethods}. */
final class WriterShortcuts {
  private WriterShortcuts() {}

  /** Writes all of these characters. */
  static void write(Writer out, char[] characters) throws IOException {
    out.write(characters, 0, characters.length);
  }
}
