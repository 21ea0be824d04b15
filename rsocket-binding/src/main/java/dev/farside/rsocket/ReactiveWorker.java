package dev.farside.rsocket;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where the methods of a connection run that do not block: on the thread that asks, unless the user
 * has named a scheduler or they had to wait for others. What was accepted is run although the
 * connection ends, for other calls may wait for it. Thread-safe.
 */
final class ReactiveWorker {
  private final boolean here;
  private final Scheduler.Worker worker;

  /** Tasks that are not done yet, and one for the connection. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * A worker.
   *
   * @param scheduler null for none
   */
  ReactiveWorker(@Nullable Scheduler scheduler) {
    this.here = scheduler == null;
    this.worker = (scheduler == null ? Schedulers.parallel() : scheduler).createWorker();
  }

  /**
   * Runs a task, after those that came before it.
   *
   * @throws RejectedExecutionException if it will not be run
   */
  void execute(Runnable task) {
    if (here) {
      task.run();
    } else {
      schedule(task);
    }
  }

  /**
   * Runs what {@linkplain #execute executes} a task, on a thread that must not block, and after
   * those that came here before it: the current one may be anybody's.
   */
  void executeLater(Runnable task) {
    if (!here) {
      task.run(); // it only schedules
      return;
    }
    try {
      schedule(task);
    } catch (RejectedExecutionException e) {
      Schedulers.parallel().schedule(task);
    }
  }

  private void schedule(Runnable task) {
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
    if (users.decrementAndGet() == 0) {
      worker.dispose();
    }
  }
}
