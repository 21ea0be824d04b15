package dev.farside.rsocket.elsewhere;

/** Public, but what its method gives is visible in this package only. */
public interface Safe {
  Combination combination();

  /** For those who do not see the type. */
  static void openBy(Safe safe) {
    safe.combination();
  }
}

/** Visible in this package only. */
interface Combination {}
