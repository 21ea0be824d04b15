package dev.farside.samples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the first lines of a file; the rest is never read. */
@Command(
    name = "head",
    description = "Prints the first lines of a file; the rest is never sent.",
    mixinStandardHelpOptions = true)
final class Head extends RemoteCommand {
  @Option(
      names = "-n",
      paramLabel = "N",
      description = "How many. Default: ${DEFAULT-VALUE}",
      converter = LineCount.class)
  private int lines = 10;

  @Parameters(index = "1", paramLabel = "FILE", description = "Its path at the server.")
  private String file = "";

  @Override
  void run(RemoteDirectory directory) throws IOException {
    if (lines > 0) {
      FileChunks.forEach(directory.read(file, 0, Long.MAX_VALUE), this::print);
    }
  }

  private boolean print(ByteBuffer chunk) throws IOException {
    for (int i = chunk.position(); i < chunk.limit(); i++) {
      if (chunk.get(i) == '\n' && --lines == 0) {
        Cat.write(chunk.slice(chunk.position(), i + 1 - chunk.position()), out());
        return false;
      }
    }
    return Cat.write(chunk, out());
  }
}
