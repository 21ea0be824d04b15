package dev.farside.samples.prices;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.IOException;

/**
 * The role that has the prices.
 *
 * <pre>{@code
 * java -cp … dev.farside.samples.prices.PriceServer tcp://127.0.0.1:7001
 * java -cp … dev.farside.samples.prices.PriceClient tcp://127.0.0.1:7001
 * }</pre>
 *
 * <p>It implements one reactive interface and knows of no other. Prints its URI and ends when its
 * standard input does.
 */
public final class PriceServer {
  private PriceServer() {}

  /** The only argument is where to listen. */
  public static void main(String[] args) throws IOException {
    try (Farside side = Farside.builder().bind("prices", new Ticker()).build();
        Listener listener = side.listenNow(args[0])) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
  }
}
