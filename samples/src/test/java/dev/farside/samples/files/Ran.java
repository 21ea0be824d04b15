package dev.farside.samples.files;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command that was run in this JVM: how it ended and what it printed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Ran(int exitCode, byte[] bytes, String err) {
  static Ran command(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = Main.run(out, new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
    return new Ran(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  String out() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
