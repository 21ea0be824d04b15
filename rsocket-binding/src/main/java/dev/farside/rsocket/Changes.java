package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often this side has called what may change a collection or map of the peer, or one of its
 * views: they share the count. Thread-safe.
 */
final class Changes {
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong values = new AtomicLong();

  long count() {
    return count.get();
  }

  long increment() {
    values.incrementAndGet();
    return count.incrementAndGet();
  }

  /** How often values of entries may have changed: with each change, and by entries themselves. */
  long values() {
    return values.get();
  }

  /** An entry was set, which iterations need not look for. */
  long incrementValues() {
    return values.incrementAndGet();
  }
}
