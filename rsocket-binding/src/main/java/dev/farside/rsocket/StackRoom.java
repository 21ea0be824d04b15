package dev.farside.rsocket;

/**
 * Makes sure that a stack overflow comes before a call begins to be made, not in the middle of what
 * must be done for it.
 */
final class StackRoom {
  /** Frames of {@link #use}: some 16 KB if it is compiled, as it soon is, else 50 KB. */
  private static final int FRAMES = 150;

  /** Zeros, which no compiler knows: so they are kept on the stack while the next frame is used. */
  private static final long[] ZEROS = new long[16];

  private StackRoom() {}

  /**
   * Fails here and now if there is not enough room on this thread's stack for another call.
   *
   * @throws StackOverflowError if so
   */
  static void require() {
    if (use(FRAMES, ZEROS) != FRAMES) {
      throw new IllegalStateException("Frames do not add up");
    }
  }

  /** A frame that keeps its size when it is compiled. */
  private static long use(int frames, long[] z) {
    long a = z[0];
    long b = z[1];
    long c = z[2];
    long d = z[3];
    long e = z[4];
    long f = z[5];
    long g = z[6];
    long h = z[7];
    long i = z[8];
    long j = z[9];
    long k = z[10];
    long l = z[11];
    long m = z[12];
    long n = z[13];
    long o = z[14];
    long p = z[15];
    long below = frames == 0 ? 0 : 1 + use(frames - 1, z);
    return below + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p;
  }
}
