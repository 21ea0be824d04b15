/**
 * What Farside costs, beside bare RSocket over the same transport in the same run: {@link
 * dev.farside.benchmarks.Comparison} runs all and prints a table.
 */
@NullMarked
package dev.farside.benchmarks;

import org.jspecify.annotations.NullMarked;
