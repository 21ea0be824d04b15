package dev.farside.samples.prices;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.Remote;
import java.io.PrintStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * The role that wants to know prices: first as streams that never block, then, with the same remote
 * object, as ordinary blocking calls. Whatever stops reading stops the stream at its source.
 */
public final class PriceClient {
  private PriceClient() {}

  /** The only argument is the server's URI. */
  public static void main(String[] args) {
    run(args[0], System.out);
  }

  static void run(String uri, PrintStream out) {
    try (Peer peer = Farside.create().connectNow(uri)) {
      ReactivePrices reactive = peer.lookup("prices", ReactivePrices.class);
      out.println("best of two: " + bestOfTwo(reactive));
      Prices plain = Remote.as(reactive, Prices.class); // the server has no such type
      out.println("last: " + plain.last("ACME").amount());
      try (Stream<Price> prices = plain.prices("ACME")) {
        prices.limit(3).forEach(price -> out.println(price.symbol() + " " + price.amount()));
      }
      try {
        plain.last("NONE");
      } catch (IllegalArgumentException e) {
        out.println(e.getMessage());
      }
      out.println("same object: " + (Remote.as(plain, ReactivePrices.class) == reactive));
    }
  }

  /** Two streams at once, each read as far as needed. */
  private static String bestOfTwo(ReactivePrices prices) {
    return String.valueOf(
        Flux.zip(prices.prices("ACME"), prices.prices("GLOBEX"))
            .map(both -> both.getT1().amount().max(both.getT2().amount()))
            .next()
            .block());
  }
}
