package dev.farside.codec;

/** Which method a call means. */
public sealed interface MethodKey {
  /** The one with this {@link Signatures#hash}. */
  record Hash(long value) implements MethodKey {}

  /** One of this name, chosen by the arguments. */
  record Name(String value) implements MethodKey {}
}
