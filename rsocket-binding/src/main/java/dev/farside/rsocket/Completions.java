package dev.farside.rsocket;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of users: what depends on one may block, and wait for another. So none
 * waits for one before it, yet as long as none blocks, one worker completes them all. Thread-safe.
 */
final class Completions {
  private final Executor workers;
  private final Runnable afterEach;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Whether a worker has been called that has taken no task yet. */
  private final AtomicBoolean coming = new AtomicBoolean();

  /**
   * Nothing to complete yet.
   *
   * @param afterEach done by each thread when it has completed a future
   */
  Completions(Executor workers, Runnable afterEach) {
    this.workers = workers;
    this.afterEach = afterEach;
  }

  /** Runs a task that completes a future. */
  void execute(Runnable task) {
    tasks.add(task);
    callWorker();
  }

  private void callWorker() {
    if (!tasks.isEmpty() && coming.compareAndSet(false, true)) {
      start();
    }
  }

  /** When the side has ended, on one of the threads that Java completes futures on. */
  private void start() {
    try {
      workers.execute(this::work);
    } catch (RejectedExecutionException e) {
      new CompletableFuture<Void>().defaultExecutor().execute(this::work);
    } catch (Error e) {
      coming.set(false); // there is no memory for a thread; there may be for the next
      throw e;
    }
  }

  private void work() {
    coming.set(false);
    for (@Nullable Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      callWorker(); // for the next, should this one block
      task.run();
      afterEach.run();
      boolean unusedInterrupt = Thread.interrupted(); // which was not meant for the next
    }
  }
}
