package dev.farside.rsocket;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * Requests of several threads, passed on to a subscription one after the other, as rule 2.7 of
 * Reactive Streams has it: RSocket's requesters count what they were asked for without locks, and
 * take frames for too many when two requests meet. What is requested before there is a subscription
 * is passed on with it. Never waits; thread-safe.
 */
final class SerialRequests {
  private final AtomicLong wanted = new AtomicLong();
  private final AtomicInteger pending = new AtomicInteger(1);
  private volatile @Nullable Subscription upstream;

  /** Passes on what was requested so far, and everything from now on. */
  void set(Subscription subscription) {
    upstream = subscription;
    drain(subscription);
  }

  /**
   * Requests, now or as soon as the others are through.
   *
   * @param n greater than 0
   */
  void request(long n) {
    wanted.accumulateAndGet(n, Operators::addCap);
    if (pending.getAndIncrement() == 0) {
      drain(Objects.requireNonNull(upstream)); // nobody drains before it is set
    }
  }

  private void drain(Subscription subscription) {
    int missed = pending.get();
    do {
      long n = wanted.getAndSet(0);
      if (n > 0) {
        subscription.request(n);
      }
      missed = pending.addAndGet(-missed);
    } while (missed != 0);
  }
}
