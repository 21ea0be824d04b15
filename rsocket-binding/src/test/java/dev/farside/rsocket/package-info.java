/**
 * Tests of the binding through the public API: {@link dev.farside.rsocket.TwoSides} connects two
 * sides.
 */
package dev.farside.rsocket;
