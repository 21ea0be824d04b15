package dev.farside.rsocket;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Where the methods of a connection run that do not block: on the thread that asks, unless the user
 * has named a scheduler. What was accepted is run although the connection ends, for other calls may
 * wait for it. Thread-safe.
 */
final class ReactiveWorker {
  private final Scheduler.@Nullable Worker worker;

  /** Tasks that are not done yet, and one for the connection. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * A worker.
   *
   * @param scheduler null for none
   */
  ReactiveWorker(@Nullable Scheduler scheduler) {
    this.worker = scheduler == null ? null : scheduler.createWorker();
  }

  /**
   * Runs a task, after those that came before it.
   *
   * @throws RejectedExecutionException if it will not be run
   */
  void execute(Runnable task) {
    if (worker == null) {
      task.run();
      return;
    }
    if (users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
      throw new RejectedExecutionException("The connection has ended");
    }
    try {
      worker.schedule(() -> runAndPart(task));
    } catch (RejectedExecutionException e) {
      part();
      throw e;
    }
  }

  private void runAndPart(Runnable task) {
    try {
      task.run();
    } finally {
      part();
    }
  }

  /** The connection has ended. */
  void end() {
    part();
  }

  private void part() {
    if (users.decrementAndGet() == 0 && worker != null) {
      worker.dispose();
    }
  }
}
