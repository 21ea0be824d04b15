/** The far halves of the tour's five programs in a second JVM, the near halves here. */
@NullMarked
package dev.farside.samples.tour;

import org.jspecify.annotations.NullMarked;
