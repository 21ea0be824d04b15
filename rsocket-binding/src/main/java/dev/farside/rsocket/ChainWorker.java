package dev.farside.rsocket;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The worker of a logical thread: serves its mailbox while nobody waits in it. */
final class ChainWorker implements Runnable {
  /** How long it waits for the next call of its chain. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LogicalThread chain;
  private final LogicalThreads all;
  private final ChainServer own;

  ChainWorker(LogicalThread chain, LogicalThreads all, ChainServer own) {
    this.chain = chain;
    this.all = all;
    this.own = own;
  }

  @Override
  public void run() {
    chain.started(own);
    @Nullable LogicalThread before = all.enter(chain);
    try {
      while (runNext()) {
        Thread.interrupted(); // what a task has left is not meant for the next
      }
    } finally {
      all.leave(before);
    }
    chain.stopped(own);
  }

  /** A method of its own, so that the worker holds no task while it waits for the next. */
  private boolean runNext() {
    @Nullable Runnable task = next();
    if (task != null) {
      run(task);
    }
    return task != null;
  }

  /**
   * The next task, or null if it has stopped: none came for long, or the caller has gone, or the
   * side closed, or another worker has taken its place.
   */
  private @Nullable Runnable next() {
    long deadline = System.nanoTime() + IDLE_NANOS;
    while (true) {
      long left = deadline - System.nanoTime();
      @Nullable Runnable task = chain.pollByWorker(own, left <= 0 || Thread.interrupted());
      if (task != null || !chain.hasWorker(own)) {
        return task;
      }
      LockSupport.parkNanos(chain, left);
    }
  }

  /** Runs a task; then the current thread belongs to this chain again, should it have left it. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LogicalThread.unforeseen(e);
    } finally {
      all.comeBack(chain);
    }
  }
}
