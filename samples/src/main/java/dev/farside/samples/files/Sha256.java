package dev.farside.samples.files;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the SHA-256 of a file, which its owner computes. */
@Command(
    name = "sha256",
    description = "Prints the SHA-256 of a file, computed at the server.",
    mixinStandardHelpOptions = true)
final class Sha256 extends RemoteCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "Its path at the server.")
  private String file = "";

  @Override
  void run(RemoteDirectory directory) {
    print(directory.sha256(file, Long.MAX_VALUE).block() + "  " + file);
  }
}
