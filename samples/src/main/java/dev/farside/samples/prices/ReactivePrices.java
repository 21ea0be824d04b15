package dev.farside.samples.prices;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Prices for those who must not wait: what the server implements. */
public interface ReactivePrices {
  /** The price now; fails with {@link IllegalArgumentException} for an unknown share. */
  Mono<Price> last(String symbol);

  /** The price now and whenever it changes, without end; a slow reader misses some. */
  Flux<Price> prices(String symbol);

  /** How many streams are being read. */
  Mono<Integer> readers();
}
