package dev.farside.samples.files;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Exports a directory until it is stopped. */
@Command(
    name = "serve",
    description = "Exports a directory. Prints its URI as the first line.",
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  /** The name of the {@link RemoteDirectory}. */
  static final String DIRECTORY = "directory";

  /** The name of the {@link RemoteProcess}. */
  static final String PROCESS = "process";

  @Parameters(paramLabel = "DIR", description = "The directory.")
  private Path directory = Path.of("");

  @Option(
      names = "--listen",
      paramLabel = "URI",
      description = "Where to listen; port 0 takes a free port. Default: ${DEFAULT-VALUE}",
      defaultValue = "tcp://127.0.0.1:7000")
  private String uri = "";

  @Option(
      names = "--until-end-of-input",
      description = "Stop when standard input ends, for programs that start this one.")
  private boolean untilEndOfInput;

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // by picocli, before call()
  private Main main;

  @Override
  public Integer call() throws IOException {
    try (Farside side =
            Farside.builder()
                .bind(DIRECTORY, new ExportedDirectory(directory))
                .bind(PROCESS, (RemoteProcess) PeakMemory::ofThisProcess)
                .build();
        Listener listener = listen(side)) {
      new PrintStream(main.out(), true).println(listener.uri());
      if (untilEndOfInput) {
        SecondJvm.awaitEndOfInput();
      } else {
        listener.join();
      }
      return 0;
    }
  }

  private Listener listen(Farside side) {
    try {
      return side.listenNow(uri);
    } catch (ConnectionLostException e) {
      throw new CommandFailure(ExitCodes.CANNOT_LISTEN, "cannot listen at " + uri, e);
    }
  }
}
