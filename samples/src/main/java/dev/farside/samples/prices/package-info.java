/**
 * One reactive object, seen through a reactive and through a blocking face. {@link
 * dev.farside.samples.prices.PriceServer} and {@link dev.farside.samples.prices.PriceClient} are
 * its roles.
 */
@NullMarked
package dev.farside.samples.prices;

import org.jspecify.annotations.NullMarked;
