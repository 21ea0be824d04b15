package dev.farside.samples.prices;

import java.math.BigDecimal;

/**
 * What one share costs; a record, so it is copied.
 *
 * @param symbol of the share
 * @param number which price of this stream it is, from 1 on
 * @param amount the money
 */
public record Price(String symbol, long number, BigDecimal amount) {}
