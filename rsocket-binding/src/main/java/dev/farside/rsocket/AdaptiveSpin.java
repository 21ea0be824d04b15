package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for what a thread waits for some microseconds long before that thread sleeps: to be woken
 * up, perhaps on a processor that sleeps, too, takes longer than many a call. The thread gives way
 * to any other that can run; virtual ones, which cannot do that, do not spin. Only one for each
 * second processor spins at the same time in this JVM. The first waits go without, and where it has
 * been in vain, it is left out more and more often.
 *
 * <p>Thread-safe.
 */
final class AdaptiveSpin {
  /** About what it takes to wake up a thread twice. */
  private static final long NANOS = 50_000;

  /** Who calls a few times only does not spin. */
  private static final int FIRST_LEFT_OUT = 8;

  private static final int MAX_LEFT_OUT = 32;

  private static final AtomicInteger FREE =
      new AtomicInteger(Runtime.getRuntime().availableProcessors() / 2);

  private final AtomicInteger free;
  private final LongSupplier clock;

  /** How often it is left out after it has been in vain once more. */
  private int penalty = 1;

  private int toLeaveOut = FIRST_LEFT_OUT;

  AdaptiveSpin() {
    this(FREE, System::nanoTime);
  }

  /**
   * Among others that spin.
   *
   * @param free how many more may
   * @param clock as {@link System#nanoTime}
   */
  AdaptiveSpin(AtomicInteger free, LongSupplier clock) {
    this.free = free;
    this.clock = clock;
  }

  /**
   * Waits a little for an answer or a task.
   *
   * @param seen the tasks that have {@linkplain ChainMailbox#arrived arrived} before
   * @return false if nothing has come: the thread is to sleep
   */
  boolean until(BooleanSupplier done, ChainMailbox mailbox, long seen) {
    if (isLeftOut() || VirtualThreads.isCurrent() || !takePlace()) {
      return false;
    }
    boolean come = false;
    try {
      long begin = clock.getAsLong();
      do {
        come = done.getAsBoolean() || mailbox.arrived() != seen;
      } while (!come && goOn(begin));
    } finally {
      free.incrementAndGet();
      learn(come);
    }
    return come;
  }

  @SuppressWarnings("ThreadPriorityCheck") // how long this takes is looked at
  private boolean goOn(long begin) {
    Thread.yield();
    return clock.getAsLong() - begin < NANOS;
  }

  /** Whether there was one; not again if others take one just now. */
  private boolean takePlace() {
    int places = free.get();
    return places > 0 && free.compareAndSet(places, places - 1);
  }

  private synchronized boolean isLeftOut() {
    if (toLeaveOut == 0) {
      return false;
    }
    toLeaveOut--;
    return true;
  }

  private synchronized void learn(boolean come) {
    toLeaveOut = come ? 0 : penalty;
    penalty = come ? 1 : Math.min(MAX_LEFT_OUT, 2 * penalty);
  }
}
