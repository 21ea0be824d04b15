package dev.farside.samples.files;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.RemoteFunction;
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * The remote file server in five lines: import a constructor of the far side, call it, read. Both
 * sides are in this JVM; the bytes go over TCP all the same.
 */
@Command(
    name = "five-lines",
    description = "Prints a file through an imported constructor of FileInputStream.",
    mixinStandardHelpOptions = true)
final class FiveLines implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A local file.")
  private String file = "";

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // by picocli, before call()
  private Main main;

  @Override
  public Integer call() throws Exception {
    Farside far = Farside.builder().allowImport(FileInputStream.class).build();
    try (var listener = far.listenNow("tcp://127.0.0.1:0");
        Peer remote = Farside.create().connectNow(listener.uri())) {
      RemoteFunction<String, InputStream> open = remote.importFunction(FileInputStream::new);
      try (InputStream in = open.apply(file)) {
        in.transferTo(main.out());
      }
    }
    return 0;
  }
}
