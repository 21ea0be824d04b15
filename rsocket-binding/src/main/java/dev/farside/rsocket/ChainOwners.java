package dev.farside.rsocket;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The threads of a side that have begun logical threads. Notices when one has ended, so that no
 * other side keeps a worker waiting for them. Thread-safe.
 */
final class ChainOwners {
  private static final long PAUSE_MILLIS = 1000;

  /**
   * Looked at for each one that is added: more than one, so that those that ended do not pile up.
   */
  private static final int LOOKED_AT = 2;

  private final Queue<Owner> owners = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean closed;

  /** The current thread begins a logical thread, which ends soon after it. */
  void add(LogicalThread begun) {
    owners.add(new Owner(new WeakReference<>(Thread.currentThread()), begun));
    for (int i = 0; i < LOOKED_AT; i++) {
      @Nullable Owner oldest = owners.poll();
      if (oldest != null && !oldest.tellIfEnded()) {
        owners.add(oldest);
      }
    }
    lookLater();
  }

  /** A logical thread ends, or, if others still wait in it, soon after they do. */
  void end(LogicalThread begun) {
    begun.ended();
    if (!begun.isOver()) {
      owners.add(new Owner(new WeakReference<>(null), begun));
      lookLater();
    }
  }

  /** The side has closed: nobody waits any more. */
  void close() {
    closed = true;
    owners.clear();
  }

  private void lookLater() {
    if (!closed && scheduled.compareAndSet(false, true)) {
      Schedulers.parallel().schedule(this::look, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    scheduled.set(false);
    owners.removeIf(Owner::tellIfEnded);
    if (!owners.isEmpty()) {
      lookLater();
    }
  }

  private record Owner(WeakReference<Thread> thread, LogicalThread chain) {
    /** Whether it has ended, and nobody waits in its chain; those who wait for it are told. */
    private boolean tellIfEnded() {
      @Nullable Thread known = thread.get();
      if (known == null || !known.isAlive()) {
        chain.ended();
      }
      return chain.isOver();
    }
  }
}
