/** What a binding implements to stand behind {@link dev.farside.Farside}. Not for applications. */
@NullMarked
package dev.farside.spi;

import org.jspecify.annotations.NullMarked;
