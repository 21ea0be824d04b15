package dev.farside.rsocket;

import java.io.IOException;
import java.io.Writer;

/** Of the owner of a writer. The caller's side is {@link CharacterMethods}. */
final class WriterShortcuts {
  private WriterShortcuts() {}

  /** Writes an array. */
  static void write(Writer out, char[] characters) throws IOException {
    out.write(characters);
  }

  /** Writes part of an array: these characters. */
  static void writePart(Writer out, char[] characters) throws IOException {
    out.write(characters, 0, characters.length);
  }

  /** Writes part of a string: this one. */
  static void writePart(Writer out, String characters) throws IOException {
    out.write(characters, 0, characters.length());
  }
}
