package dev.farside.samples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** Prints the last lines of a file, and what is appended to it. */
@Command(
    name = "tail",
    description = "Prints the last lines of a file.",
    mixinStandardHelpOptions = true)
final class Tail extends RemoteCommand {
  @Option(
      names = "-n",
      paramLabel = "N",
      description = "How many. Default: ${DEFAULT-VALUE}",
      converter = LineCount.class)
  private int lines = 10;

  @Option(names = "-f", description = "Follow: print what is appended, until interrupted.")
  private boolean follow;

  @Parameters(index = "1", paramLabel = "FILE", description = "Its path at the server.")
  private String file = "";

  @Override
  void run(RemoteDirectory directory) throws IOException {
    Flux<ByteBuffer> content =
        directory
            .lastLines(file, lines)
            .flatMapMany(
                offset ->
                    follow
                        ? directory.follow(file, offset)
                        : directory.read(file, offset, Long.MAX_VALUE));
    FileChunks.forEach(content, chunk -> Cat.write(chunk, out()));
  }
}
