package dev.farside.samples.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies a local file to the other machine. */
@Command(
    name = "put",
    description = "Copies a local file to the server and compares their SHA-256.",
    mixinStandardHelpOptions = true)
final class Put extends RemoteCommand {
  @Parameters(index = "1", paramLabel = "LOCAL", description = "The local file.")
  private Path source = Path.of("");

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "REMOTE",
      description = "Its path at the server. Default: LOCAL's name.")
  private @Nullable String path;

  @Mixin private ProgressOption progress = new ProgressOption();

  @Override
  void run(RemoteDirectory directory) throws IOException {
    Meter meter = progress.meter(err());
    @Nullable Path name = source.getFileName();
    if (name == null) {
      throw LocalFiles.notAFile(source);
    }
    String remote = path == null ? name.toString() : path;
    new Upload(directory, source, remote, meter).run();
    print(remote + ": " + meter.summary());
  }
}
