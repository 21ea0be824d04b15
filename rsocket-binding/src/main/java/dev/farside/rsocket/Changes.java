package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often this side has called what may change a collection or map of the peer, or one of its
 * views: they share the count. Thread-safe.
 */
final class Changes {
  private final AtomicLong count = new AtomicLong();

  long count() {
    return count.get();
  }

  long increment() {
    return count.incrementAndGet();
  }
}
