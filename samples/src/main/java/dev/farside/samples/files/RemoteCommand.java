package dev.farside.samples.files;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Peer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import reactor.core.Exceptions;

/** A command about a directory of another machine: connects, does its work, disconnects. */
abstract class RemoteCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URI", description = "What serve printed.")
  private String uri = "";

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // by picocli, before call()
  private Main main;

  /** The command's work. */
  abstract void run(RemoteDirectory directory) throws Exception;

  /** What a user may want to know when the connection is lost. */
  String afterLoss() {
    return "";
  }

  final OutputStream out() {
    return main.out();
  }

  final PrintStream err() {
    return main.err();
  }

  final void print(String line) {
    new PrintStream(main.out(), true).println(line);
  }

  @Override
  public final Integer call() throws Exception {
    try (Peer peer = connect()) {
      run(peer.lookup(Serve.DIRECTORY, RemoteDirectory.class));
      return 0;
    } catch (Exception e) {
      if (Exceptions.unwrap(e) instanceof ConnectionLostException lost) {
        throw new CommandFailure(
            ExitCodes.CONNECTION_LOST,
            "the connection to " + uri + " was lost" + afterLoss(),
            lost);
      }
      throw e;
    }
  }

  private Peer connect() {
    try {
      return Farside.create().connectNow(uri);
    } catch (ConnectionLostException e) {
      throw new CommandFailure(ExitCodes.NOBODY_LISTENS, "nobody listens at " + uri, e);
    }
  }
}
