package dev.farside.rsocket;

import java.io.IOException;
import java.io.OutputStream;

/** Of the owner of an output stream. The caller's side is {@link ByteMethods}. */
final class OutputStreamShortcuts {
  private OutputStreamShortcuts() {}

  /** Writes an array. */
  static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Writes part of an array: these bytes. */
  static void writePart(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes, 0, bytes.length);
  }
}
