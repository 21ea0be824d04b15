package dev.farside.rsocket;

/** Something that holds on the current thread until it is closed there. */
@FunctionalInterface
interface Scope {
  /** Nothing was changed. */
  Scope NONE = () -> {};

  /** Restores what was before. */
  void close();
}
