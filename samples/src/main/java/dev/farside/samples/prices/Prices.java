package dev.farside.samples.prices;

import java.util.stream.Stream;

/** The same object for those who may wait; nobody implements it. */
public interface Prices {
  /** See {@link ReactivePrices#last}. */
  Price last(String symbol);

  /** See {@link ReactivePrices#prices}; to be closed. */
  Stream<Price> prices(String symbol);

  /** See {@link ReactivePrices#readers}. */
  int readers();
}
