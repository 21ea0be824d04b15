package dev.farside.rsocket;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads that carry this JVM's virtual ones: as many as processors, and nobody takes
 * one away from a virtual thread that computes without an end. So while workers live that are
 * virtual, this watches whether a new virtual thread gets to run at all; if not, it asks for more
 * carriers, and gives them back when they are not needed any more.
 *
 * <p>Needs the management interface that Java has from 24 on. Guarded by its own monitor.
 */
final class Carriers {
  private static final Carriers OF_THIS_JVM = new Carriers();

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** While nothing is watched, but carriers are still to be given back. */
  private static final long IDLE_TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long carriers must have sufficed before they are given back. */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** So many ticks in a row without a carrier are no accident. */
  private static final int PATIENCE = 5;

  /** Those that have not ended; one that was never started is garbage some time. */
  private final Set<Thread> workers = Collections.newSetFromMap(new WeakHashMap<>());

  private @Nullable Thread watch;

  private Carriers() {}

  /**
   * Whether this JVM lets its carriers be changed, as it does from the first that pins none of
   * them.
   */
  static boolean areAdjustable() {
    return Runtime.version().feature() >= 24
        && ModuleLayer.boot().findModule("jdk.management").isPresent();
  }

  /** Makes virtual threads that are watched. */
  static ThreadFactory watching(ThreadFactory virtual) {
    return task -> {
      Thread thread = virtual.newThread(() -> runAndEnd(task));
      OF_THIS_JVM.begun(thread, virtual);
      return thread;
    };
  }

  private static void runAndEnd(Runnable task) {
    try {
      task.run();
    } finally {
      OF_THIS_JVM.ended();
    }
  }

  private synchronized void begun(Thread worker, ThreadFactory virtual) {
    boolean first = workers.isEmpty();
    workers.add(worker);
    if (watch == null) {
      watch = new Thread(() -> watch(virtual), "farside-carriers");
      watch.setDaemon(true);
      watch.start();
    } else if (first) {
      LockSupport.unpark(watch);
    }
  }

  private synchronized void ended() {
    workers.remove(Thread.currentThread());
  }

  private synchronized boolean isIdle() {
    return workers.isEmpty();
  }

  private synchronized boolean stop(CarrierScheduler scheduler) {
    if (!workers.isEmpty() || scheduler.isWider()) {
      return false;
    }
    watch = null;
    return true;
  }

  private void watch(ThreadFactory virtual) {
    var scheduler = new CarrierScheduler();
    Probe probe = Probe.start(virtual);
    int missed = 0;
    long lastMissed = System.nanoTime();
    do {
      LockSupport.parkNanos(this, isIdle() ? IDLE_TICK_NANOS : TICK_NANOS);
      if (probe.hasRun) {
        missed = 0;
        if (System.nanoTime() - lastMissed > CALM_NANOS) {
          scheduler.narrow();
        }
        probe = Probe.start(virtual);
      } else if (++missed >= PATIENCE && !isIdle()) {
        missed = 0;
        lastMissed = System.nanoTime();
        if (scheduler.isFull()) {
          scheduler.widen();
        }
        probe = Probe.insist(virtual, scheduler.queued());
      }
    } while (!stop(scheduler));
  }

  /** Shows that virtual threads get to run. */
  private static final class Probe implements Runnable {
    /** What a queue of the scheduler has room for at first; then twice as many, and so on. */
    private static final int FIRST_QUEUE = 64;

    private static final int MOST_PROBES = 1 << 14;

    private volatile boolean hasRun;

    static Probe start(ThreadFactory virtual) {
      var probe = new Probe();
      virtual.newThread(probe).start();
      return probe;
    }

    /**
     * One that the scheduler notices. It looks for a carrier when a queue was empty before or has
     * grown, and so not when virtual threads have waited since there were too few carriers: their
     * queue is made to grow.
     *
     * @param queued how many wait
     */
    static Probe insist(ThreadFactory virtual, long queued) {
      Probe probe = start(virtual);
      long most = Math.min(MOST_PROBES, Math.max(FIRST_QUEUE, queued));
      for (long i = 1; i <= most && !probe.hasRun; i++) {
        start(virtual);
        if (i % FIRST_QUEUE == 0) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
      }
      return probe;
    }

    @Override
    public void run() {
      hasRun = true;
    }
  }
}
