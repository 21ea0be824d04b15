package dev.farside.rsocket;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this side that have begun logical threads. Notices when one has ended, so that no
 * other side keeps a worker waiting for it. Thread-safe.
 */
final class ChainOwners {
  /**
   * Looked at for each one that is added: more than one, so that those that ended do not pile up.
   */
  private static final int LOOKED_AT = 2;

  private final Queue<Owner> owners = new ConcurrentLinkedQueue<>();

  /** The current thread begins a logical thread; those of some threads that have ended end now. */
  void add(LogicalThread begun) {
    owners.add(new Owner(new WeakReference<>(Thread.currentThread()), begun));
    for (int i = 0; i < LOOKED_AT; i++) {
      @Nullable Owner oldest = owners.poll();
      if (oldest != null && oldest.isAlive()) {
        owners.add(oldest);
      } else if (oldest != null) {
        oldest.chain.ended();
      }
    }
  }

  private record Owner(WeakReference<Thread> thread, LogicalThread chain) {
    private boolean isAlive() {
      @Nullable Thread known = thread.get();
      return known != null && known.isAlive() && !chain.isOver();
    }
  }
}
