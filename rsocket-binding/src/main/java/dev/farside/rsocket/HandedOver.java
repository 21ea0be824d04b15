package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be run with more room than there is on the stacks of those who wait in a chain: by a
 * worker, in the order in which it came. Guarded by its own monitor, which is not held while a task
 * runs.
 */
final class HandedOver {
  private static final Logger LOG = LoggerFactory.getLogger(HandedOver.class);

  private final Executor workers;

  /** The first one stays here while it runs, so that no other overtakes it. */
  private final Deque<Runnable> tasks = new ArrayDeque<>(0);

  HandedOver(Executor workers) {
    this.workers = workers;
  }

  /**
   * Takes a task over, if there is need to or if others that came before it have not been run.
   *
   * @return false if it is to be run here and now
   */
  boolean take(Runnable task, boolean needed) {
    synchronized (this) {
      if (!needed && tasks.isEmpty()) {
        return false;
      }
      tasks.add(task);
      if (tasks.size() > 1) {
        return true;
      }
    }
    try {
      workers.execute(this::runAll);
      return true;
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        tasks.clear(); // the side has closed
      }
      return false;
    } catch (Error e) {
      LOG.warn("No thread takes over what a deep call hands over: it is run where it is deep", e);
      runAll();
      return true;
    }
  }

  private void runAll() {
    @Nullable Runnable task = first();
    while (task != null) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("What a deep call handed over failed in a way that was not foreseen", e);
      }
      task = next();
    }
  }

  private synchronized @Nullable Runnable first() {
    return tasks.peek();
  }

  private synchronized @Nullable Runnable next() {
    tasks.poll();
    return tasks.peek();
  }
}
