package dev.farside.rsocket;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who serves the mailbox of a {@link LogicalThread}: one that waits in a call, or the worker.
 * Guarded by the logical thread's monitor.
 */
final class ChainServer {
  private static final Logger LOG = LoggerFactory.getLogger(ChainServer.class);

  /** How many workers there have been with this one; 0 for one that waits. */
  private final int number;

  private @Nullable Thread thread;
  private long task;
  private boolean atIt;
  private boolean unwanted;
  private boolean shielded;
  private boolean passedOver;

  private ChainServer(int number, @Nullable Thread thread) {
    this.number = number;
    this.thread = thread;
  }

  /** The current thread, which is about to wait. */
  static ChainServer waiter() {
    return new ChainServer(0, Thread.currentThread());
  }

  /** A worker that has no thread yet. */
  static ChainServer worker(int number) {
    return new ChainServer(number, null);
  }

  int number() {
    return number;
  }

  /** The current thread is the worker's. */
  void started() {
    thread = Thread.currentThread();
  }

  /** Null for a worker that has not begun. */
  @Nullable Thread thread() {
    return thread;
  }

  boolean is(Thread other) {
    return thread == other;
  }

  boolean hasThreadOf(ChainServer other) {
    return thread == other.thread;
  }

  void unpark() {
    LockSupport.unpark(thread);
  }

  /** It carries out a task from now on; 0 for none. */
  void begin(long next) {
    task = next;
    atIt = false;
    unwanted = false;
    shielded = false;
    passedOver = false;
  }

  /** The task that it carries out; 0 for none. */
  long task() {
    return task;
  }

  /** Its task is a call of user code, which has begun and not returned. */
  void atIt(boolean now) {
    atIt = now;
  }

  boolean isAtIt() {
    return atIt;
  }

  /** Nobody waits for its task any more. One that is shielded takes its time all the same. */
  void unwanted(boolean shielded) {
    this.unwanted = true;
    this.shielded = shielded;
  }

  boolean isUnwanted() {
    return unwanted;
  }

  boolean isShielded() {
    return shielded;
  }

  /** What it carries out does not end: until it has, others serve. */
  void passOver() {
    passedOver = true;
  }

  boolean isPassedOver() {
    return passedOver;
  }

  /** Whatever a task lets escape must not end who serves the mailbox. */
  static void unforeseen(Throwable e) {
    LOG.error("A call ended in a way that was not foreseen", e);
  }
}
