package dev.farside.rsocket;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * The one thread of a side that notices which remote objects are out of use. Runs while the side
 * has sessions.
 */
final class Reclaimer {
  private final ReferenceQueue<RemoteObject> queue = new ReferenceQueue<>();
  private int sessions;
  private @org.jspecify.annotations.Nullable Thread thread;

  ReferenceQueue<RemoteObject> queue() {
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
        Reference<? extends RemoteObject> reference = queue.remove();
        if (reference instanceof ImportTable.InUse inUse) {
          inUse.collected();
        }
      }
    } catch (InterruptedException e) {
      // the last session has closed
    }
  }
}
