/**
 * Bytes to messages and values, and back. This package knows <em>that</em> something travels as a
 * reference ({@link dev.farside.codec.PassingRules} decides, {@link
 * dev.farside.codec.ReferenceSink} and {@link dev.farside.codec.ReferenceSource} number it), not
 * what stands behind it.
 *
 * <p>For bindings, not for applications.
 */
@NullMarked
package dev.farside.codec;

import org.jspecify.annotations.NullMarked;
