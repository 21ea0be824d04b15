package dev.farside.samples.files;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a transfer shows how far it is. */
final class ProgressOption {
  @Option(
      names = "--progress",
      negatable = true,
      fallbackValue = "true",
      description = "Draw a progress bar, or do not. Default: if there is a console.")
  private @Nullable Boolean wanted;

  Meter meter(PrintStream screen) {
    return new Meter(screen, wanted == null ? Meter.hasConsole() : wanted);
  }
}
