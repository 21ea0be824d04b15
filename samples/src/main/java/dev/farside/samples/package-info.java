/** Programs that show Farside; each package is one, and has one {@code main} for each role. */
@NullMarked
package dev.farside.samples;

import org.jspecify.annotations.NullMarked;
