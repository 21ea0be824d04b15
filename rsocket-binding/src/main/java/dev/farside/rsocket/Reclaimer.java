package dev.farside.rsocket;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a side that notices which objects are out of use: remote objects, and what was
 * noted about others. Runs while the side has sessions.
 */
final class Reclaimer {
  /** A weak reference that is queued here. */
  interface Reclaimable {
    /** Called once, by an ordinary thread, after the object was found to be out of use. */
    void reclaim();
  }

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private int sessions;
  private @Nullable Thread thread;

  /** Where references are queued that are {@link Reclaimable}. */
  ReferenceQueue<Object> queue() {
    return queue;
  }

  synchronized void sessionOpened() {
    if (sessions++ == 0) {
      thread = new Thread(this::run, "farside-reclaimer");
      thread.setDaemon(true);
      thread.start();
    }
  }

  synchronized void sessionClosed() {
    if (--sessions == 0 && thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  private void run() {
    try {
      while (true) {
        reclaim(queue.remove());
      }
    } catch (InterruptedException e) {
      // the last session has closed
    }
  }

  /** Reclaims what is queued, where no thread waits for it. */
  static void reclaimAll(ReferenceQueue<Object> queue) {
    for (@Nullable Reference<?> next = queue.poll(); next != null; next = queue.poll()) {
      reclaim(next);
    }
  }

  private static void reclaim(Reference<?> reference) {
    if (reference instanceof Reclaimable reclaimable) {
      reclaimable.reclaim();
    }
  }
}
