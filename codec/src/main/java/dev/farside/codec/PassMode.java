package dev.farside.codec;

/** How a declaration asks for an argument or result to be passed. */
public enum PassMode {
  /** As its class says. */
  BY_CLASS,
  /** Copied, collections too; what cannot be copied fails. */
  BY_VALUE,
  /** Referenced, unless it is null, a primitive, or a text. */
  BY_REFERENCE
}
