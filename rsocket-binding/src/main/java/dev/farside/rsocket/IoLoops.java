package dev.farside.rsocket;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The I/O threads of this JVM, a few for all connections. Thread-safe. */
final class IoLoops {
  private static final int MAX_LOOPS = 8;

  private static final List<IoLoop> ALL =
      IntStream.rangeClosed(1, Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()))
          .mapToObj(i -> new IoLoop("farside-io-" + i))
          .toList();

  private static final AtomicInteger NEXT = new AtomicInteger();

  private IoLoops() {}

  /** The one whose turn it is to take a channel. */
  static IoLoop next() {
    return ALL.get(Math.floorMod(NEXT.getAndIncrement(), ALL.size()));
  }
}
