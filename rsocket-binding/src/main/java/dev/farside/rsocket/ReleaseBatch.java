package dev.farside.rsocket;

import dev.farside.codec.Message.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/**
 * Gathers releases for a moment and sends them as one message. Thread-safe: the list is guarded by
 * its own monitor, sending happens outside of it.
 */
final class ReleaseBatch {
  private static final int MAX_COUNTS = 4096;

  private final List<Release.Count> waiting = new ArrayList<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Consumer<Release> send;

  ReleaseBatch(Consumer<Release> send) {
    this.send = send;
  }

  void add(List<Release.Count> counts) {
    synchronized (waiting) {
      waiting.addAll(counts);
    }
    if (scheduled.compareAndSet(false, true)) {
      Schedulers.parallel().schedule(this::flush);
    }
  }

  private void flush() {
    scheduled.set(false);
    List<Release.Count> batch;
    synchronized (waiting) {
      batch = List.copyOf(waiting);
      waiting.clear();
    }
    for (int from = 0; from < batch.size(); from += MAX_COUNTS) {
      send.accept(new Release(batch.subList(from, Math.min(from + MAX_COUNTS, batch.size()))));
    }
  }
}
