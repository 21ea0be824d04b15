package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pulls elements out of a stream, each handed over as soon as it is made and wanted. What one
 * source element makes that is not wanted yet is kept, up to a limit; beyond it, the thread that
 * pulls waits within the stream until more is wanted. For one thread at a time.
 */
final class StreamPull {
  /** So many elements are kept at most. */
  static final int KEPT = 1 << 10;

  private static final Class<?> SOURCE = Stream.empty().getClass();

  private final Stream<?> stream;
  private final boolean bare; // makes one of one, and may not be asked again after its end
  private final Consumer<Object> consumer;
  private final BooleanSupplier wanted;
  private final BooleanSupplier cancelled;
  private final Queue<Object> kept = new ArrayDeque<>();
  private @Nullable Iterator<?> pulls;
  private boolean made;
  private volatile @Nullable Thread waiting;

  /**
   * Of a stream that is not used yet.
   *
   * @param opened whether {@link StreamSignal#OPENED} comes first
   * @param consumer takes the elements, with {@link StreamSignal#NULL} for null
   * @param wanted whether it wants one more
   * @param cancelled whether it wants none any more
   */
  StreamPull(
      Stream<?> stream,
      boolean opened,
      Consumer<Object> consumer,
      BooleanSupplier wanted,
      BooleanSupplier cancelled) {
    this.stream = stream;
    this.bare = stream.getClass() == SOURCE;
    this.consumer = consumer;
    this.wanted = wanted;
    this.cancelled = cancelled;
    if (opened) {
      kept.add(StreamSignal.OPENED);
    }
  }

  /** Hands over at least one element that is wanted; false if there are no more. */
  boolean pull() {
    if (handOver()) {
      return true;
    }
    if (pulls == null) {
      pulls = (bare ? stream : stream.sequential().filter(this::isFirst)).iterator();
    }
    made = false;
    if (!pulls.hasNext()) {
      return false;
    }
    @Nullable Object next = pulls.next();
    return !bare || isFirst(next);
  }

  /** More is wanted, or none any more. */
  void wake() {
    @Nullable Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** Takes what the stream has made; only the first of a pull leaves the stream, and ends it. */
  private boolean isFirst(@Nullable Object element) {
    kept.add(element == null ? StreamSignal.NULL : element);
    handOver();
    if (kept.size() >= KEPT) {
      awaitWanted();
      handOver();
    }
    boolean first = !made;
    made = true;
    return first;
  }

  private boolean handOver() {
    boolean some = false;
    while (!kept.isEmpty() && wanted.getAsBoolean() && !cancelled.getAsBoolean()) {
      consumer.accept(kept.remove());
      some = true;
    }
    return some;
  }

  private void awaitWanted() {
    waiting = Thread.currentThread();
    try {
      while (!wanted.getAsBoolean() && !isCancelled()) {
        LockSupport.park(this);
      }
    } finally {
      waiting = null;
    }
    if (isCancelled()) {
      throw new CancellationException("The stream is not wanted any more");
    }
  }

  private boolean isCancelled() {
    return cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
  }
}
