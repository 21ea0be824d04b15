package dev.farside.rsocket;

/**
 * Makes sure that a stack overflow comes before a call begins to be made, not in the middle of what
 * must be done for it.
 */
final class StackRoom {
  /** Frames of {@link #use}: some 22 KB if it is compiled, as it soon is, else 50 KB. */
  private static final int FRAMES = 76;

  /** One in so many fills its frames; a power of two. */
  private static final int FILLING = 64;

  /** Zeros, which no compiler knows: so they are kept on the stack while the next frame is used. */
  private static final long[] ZEROS = new long[32];

  /** Roughly how often there was to be room: threads may count at once. */
  private static int count;

  private StackRoom() {}

  /**
   * Fails here and now if there is not enough room on this thread's stack for another call.
   *
   * @throws StackOverflowError if so
   */
  static void require() {
    boolean filling = (++count & (FILLING - 1)) == 0;
    if (use(FRAMES, filling, ZEROS) != FRAMES) {
      throw new IllegalStateException("Frames do not add up");
    }
  }

  /**
   * A frame that keeps its size when it is compiled: a method has the frame that its longest way
   * needs, so most calls take the short one. That some do not is what keeps the compiler from
   * leaving the long way out.
   */
  private static long use(int frames, boolean filling, long[] zeros) {
    if (!filling) {
      return frames == 0 ? 0 : 1 + use(frames - 1, false, zeros);
    }
    long k0 = zeros[0];
    long k1 = zeros[1];
    long k2 = zeros[2];
    long k3 = zeros[3];
    long k4 = zeros[4];
    long k5 = zeros[5];
    long k6 = zeros[6];
    long k7 = zeros[7];
    long k8 = zeros[8];
    long k9 = zeros[9];
    long k10 = zeros[10];
    long k11 = zeros[11];
    long k12 = zeros[12];
    long k13 = zeros[13];
    long k14 = zeros[14];
    long k15 = zeros[15];
    long k16 = zeros[16];
    long k17 = zeros[17];
    long k18 = zeros[18];
    long k19 = zeros[19];
    long k20 = zeros[20];
    long k21 = zeros[21];
    long k22 = zeros[22];
    long k23 = zeros[23];
    long k24 = zeros[24];
    long k25 = zeros[25];
    long k26 = zeros[26];
    long k27 = zeros[27];
    long k28 = zeros[28];
    long k29 = zeros[29];
    long k30 = zeros[30];
    long k31 = zeros[31];
    long below = frames == 0 ? 0 : 1 + use(frames - 1, true, zeros);
    return below + k0 + k1 + k2 + k3 + k4 + k5 + k6 + k7 + k8 + k9 + k10 + k11 + k12 + k13 + k14
        + k15 + k16 + k17 + k18 + k19 + k20 + k21 + k22 + k23 + k24 + k25 + k26 + k27 + k28 + k29
        + k30 + k31;
  }
}
