package dev.farside.samples.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a file to here. */
@Command(
    name = "get",
    description = {
      "Copies a file to here and compares its SHA-256 with the server's.",
      "What has arrived is kept in OUT.part when the connection is lost; the same command goes on"
          + " from there, or begins anew if the file has changed."
    },
    mixinStandardHelpOptions = true)
final class Get extends RemoteCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "Its path at the server.")
  private String file = "";

  @Option(names = "-o", paramLabel = "OUT", description = "The local file. Default: FILE's name.")
  private @Nullable Path target;

  @Mixin private ProgressOption progress = new ProgressOption();

  private @Nullable Download download;

  @Override
  void run(RemoteDirectory directory) throws IOException {
    Meter meter = progress.meter(err());
    Path local = target == null ? Path.of(file).getFileName() : target;
    var running = new Download(directory, file, local == null ? Path.of(file) : local, meter);
    download = running;
    running.run();
    String resumed = meter.resumedAt() == 0 ? "" : ", resumed at " + meter.resumedAt();
    print(local + ": " + meter.summary() + resumed);
  }

  @Override
  String afterLoss() {
    @Nullable Download lost = download;
    if (lost == null || !Files.exists(lost.part())) {
      return "";
    }
    return "; what has arrived is in " + lost.part() + ", get goes on from there";
  }
}
