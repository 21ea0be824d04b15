package dev.farside.rsocket;

/**
 * Makes sure that a stack overflow comes before a call begins to be made, not in the middle of what
 * must be done for it.
 */
final class StackRoom {
  /** Frames of {@link #use}, of some 20 to 100 bytes each; more than handing a call over needs. */
  private static final int FRAMES = 400;

  private StackRoom() {}

  /**
   * Fails here and now if there is not enough room on this thread's stack for another call.
   *
   * @throws StackOverflowError if so
   */
  static void require() {
    if (use(FRAMES) != FRAMES) {
      throw new IllegalStateException("Frames do not add up");
    }
  }

  private static int use(int frames) {
    return frames == 0 ? 0 : 1 + use(frames - 1);
  }
}
