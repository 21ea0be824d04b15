package dev.farside.samples.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a file. */
@Command(name = "cat", description = "Prints a file.", mixinStandardHelpOptions = true)
final class Cat extends RemoteCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "Its path at the server.")
  private String file = "";

  @Override
  void run(RemoteDirectory directory) throws IOException {
    FileChunks.forEach(directory.read(file, 0, Long.MAX_VALUE), chunk -> write(chunk, out()));
  }

  /** Writes a piece; false when nobody reads any more. */
  static boolean write(ByteBuffer chunk, OutputStream out) throws IOException {
    out.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
    out.flush();
    return !(out instanceof PrintStream print && print.checkError());
  }
}
