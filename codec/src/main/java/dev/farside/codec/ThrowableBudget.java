package dev.farside.codec;

/** How many exceptions, and frames of their stacks, there may be within one exception. */
final class ThrowableBudget {
  private static final int MAX_THROWABLES = 4096;
  private static final int MAX_FRAMES = 256 << 10;

  private int throwables;
  private int frames;

  /** Counts the exceptions within one, which this one is if there is none around it. */
  boolean begin() {
    return throwables++ == 0;
  }

  /** The exception is written. */
  void end(boolean outermost) {
    if (outermost) {
      throwables = 0;
      frames = 0;
    }
  }

  /** A stack of so many frames is written. */
  void addFrames(int count) {
    frames += count;
  }

  /**
   * Whether the exception that is being written is one of so many within another, or they have so
   * many frames, that they would take up the message: no more than those that have begun are
   * passed.
   */
  boolean isSpent(Limits limits) {
    return throwables > Math.min(MAX_THROWABLES, limits.references() / 2) || frames > MAX_FRAMES;
  }
}
