package dev.farside.rsocket;

/**
 * Makes sure that a stack overflow comes before a message is sent, not while it is: the libraries
 * below cannot go on after an error in their middle.
 */
final class StackRoom {
  /** Frames of {@link #use}, of some 50 to 100 bytes each; more than sending and answering need. */
  private static final int FRAMES = 2000;

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
