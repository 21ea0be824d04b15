package dev.farside.samples.prices;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes prices up. Thread-safe. */
final class Ticker implements ReactivePrices {
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final Map<String, BigDecimal> FIRST =
      Map.of("ACME", new BigDecimal("99.50"), "GLOBEX", new BigDecimal("12.25"));

  private final AtomicInteger readers = new AtomicInteger();

  @Override
  public Mono<Price> last(String symbol) {
    return prices(symbol).next();
  }

  @Override
  public Flux<Price> prices(String symbol) {
    if (!FIRST.containsKey(symbol)) {
      return Flux.error(new IllegalArgumentException("no share is called " + symbol));
    }
    return Flux.interval(Duration.ZERO, EVERY)
        .onBackpressureLatest()
        .map(tick -> price(symbol, tick))
        .doOnSubscribe(subscription -> readers.incrementAndGet())
        .doFinally(end -> readers.decrementAndGet());
  }

  @Override
  public Mono<Integer> readers() {
    return Mono.fromSupplier(readers::get);
  }

  private static Price price(String symbol, long tick) {
    BigDecimal first = FIRST.getOrDefault(symbol, BigDecimal.ZERO);
    return new Price(symbol, tick + 1, first.add(BigDecimal.valueOf(tick, 2)));
  }
}
