package dev.farside.rsocket;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads of a side on which user code may block. There are as many as calls that block at the
 * same time; idle ones end. Thread-safe.
 */
final class Workers {
  private static final long IDLE_SECONDS = 10;

  private final AtomicInteger lastNumber = new AtomicInteger();
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          this::newThread);
  private final Scheduler scheduler = Schedulers.fromExecutorService(executor, "farside-worker");

  ExecutorService executor() {
    return executor;
  }

  /** The same threads for publishers that block. */
  Scheduler scheduler() {
    return scheduler;
  }

  /** Interrupts what still runs. */
  void close() {
    scheduler.dispose();
    executor.shutdownNow();
  }

  private Thread newThread(Runnable task) {
    var thread = new Thread(task, "farside-worker-" + lastNumber.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
