package dev.farside.samples.collections;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.IOException;

/**
 * The role that owns the objects.
 *
 * <pre>{@code
 * java -cp … dev.farside.samples.collections.WorkshopServer tcp://127.0.0.1:7003
 * java -cp … dev.farside.samples.collections.WorkshopClient tcp://127.0.0.1:7003
 * }</pre>
 *
 * <p>It binds one object and lets one class be constructed; all else follows from calls. Prints its
 * URI and ends when its standard input does.
 */
public final class WorkshopServer {
  private WorkshopServer() {}

  /** The only argument is where to listen. */
  public static void main(String[] args) throws IOException {
    try (Farside side =
            Farside.builder().bind("workshop", new Workshop()).allowImport(Tool.class).build();
        Listener listener = side.listenNow(args[0])) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
  }
}
