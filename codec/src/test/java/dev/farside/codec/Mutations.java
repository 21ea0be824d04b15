package dev.farside.codec;

import java.util.Arrays;
import java.util.Random;

/** What a broken or hostile peer makes of valid bytes. */
final class Mutations {
  private Mutations() {}

  /** These bytes with one to four changes; the same for the same state of {@code random}. */
  static byte[] of(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> {
        return without(bytes, at);
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at) {
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }
}
