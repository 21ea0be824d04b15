package dev.farside.rsocket;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads of a side on which user code may block. There are as many as calls that block at the
 * same time; idle ones end. They are virtual threads where these may block anywhere, and compute
 * for as long as they like. Thread-safe.
 */
final class Workers {
  private static final String NAME = "farside-worker-";
  private static final long IDLE_SECONDS = 10;

  /**
   * Address space, of which only what is used becomes memory: a recursion that goes to and fro
   * shall end where the caller's stack does.
   */
  private static final long STACK_BYTES = 16 << 20;

  private final ExecutorService executor;
  private final Scheduler scheduler;
  private final Completions completions;

  /**
   * No threads yet.
   *
   * @param afterEach done by each thread when it has carried out a task
   */
  Workers(Runnable afterEach) {
    this.executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads()) {
          @Override
          protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            afterEach.run();
          }
        };
    this.scheduler = Schedulers.fromExecutorService(executor, "farside-worker");
    this.completions = new Completions(executor, afterEach);
  }

  ExecutorService executor() {
    return executor;
  }

  /** The same threads for what depends on futures. */
  Completions completions() {
    return completions;
  }

  /** The same threads for publishers that block. */
  Scheduler scheduler() {
    return scheduler;
  }

  /**
   * What a task gives that blocks, on one of these threads. Whoever wants it no more interrupts it,
   * and what it throws then is nobody's.
   */
  <T> Mono<T> run(Callable<? extends T> task) {
    return Mono.<T>create(
            sink -> {
              var wanted = new AtomicBoolean(true);
              sink.onCancel(() -> wanted.set(false));
              try {
                sink.success(task.call());
              } catch (Throwable e) {
                if (wanted.get()) {
                  sink.error(e);
                }
              }
            })
        .subscribeOn(scheduler);
  }

  /** Interrupts what still runs. */
  void close() {
    scheduler.dispose();
    executor.shutdownNow();
  }

  private static ThreadFactory threads() {
    return Carriers.areAdjustable() ? Carriers.watching(VirtualThreads.named(NAME)) : platform();
  }

  private static ThreadFactory platform() {
    var lastNumber = new AtomicInteger();
    return task -> {
      var thread = new Thread(null, task, NAME + lastNumber.incrementAndGet(), STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }
}
