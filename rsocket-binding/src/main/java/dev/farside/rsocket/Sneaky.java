package dev.farside.rsocket;

/** Throws what a method does not declare, where the method stands for one that may. */
final class Sneaky {
  private Sneaky() {}

  /** Throws it; the result type is for the compiler. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E asUnchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
