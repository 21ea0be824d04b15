package dev.farside.rsocket;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The worker of a logical thread: serves its mailbox while nobody waits in it. */
final class ChainWorker implements Runnable {
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
    HeldLocks held = HeldLocks.ofWorker();
    @Nullable LogicalThread before = all.enter(chain);
    try {
      while (runNext(held)) {
        Thread.interrupted(); // what a task has left is not meant for the next
      }
    } finally {
      held.end();
      all.leave(before);
    }
    chain.stopped(own);
  }

  /** A method of its own, so that the worker holds no task while it waits for the next. */
  private boolean runNext(HeldLocks held) {
    @Nullable Runnable task = next(held);
    if (task != null) {
      run(task);
    }
    return task != null;
  }

  /**
   * The next task, or null if it has stopped: none came for long and the caller holds no lock by
   * it, or the caller has gone, or the side closed, or another worker has taken its place.
   */
  private @Nullable Runnable next(HeldLocks held) {
    long patience = all.patience().toNanos();
    long since = System.nanoTime();
    while (true) {
      held.unlockLost();
      long left = patience - (System.nanoTime() - since);
      if (left <= 0 && held.areAny()) {
        left = patience;
        since = System.nanoTime();
      }
      boolean interrupted = Thread.interrupted();
      boolean last = left <= 0 || (interrupted && !held.areAny());
      @Nullable Runnable task = chain.pollByWorker(own, last);
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
      ChainServer.unforeseen(e);
    } finally {
      all.comeBack(chain);
    }
  }
}
