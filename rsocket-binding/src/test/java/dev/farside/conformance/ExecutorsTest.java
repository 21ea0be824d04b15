package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Executors, which run what the caller gives them. */
@SuppressWarnings("UnnecessaryMethodReference") // the executor must be hidden behind the function
public class ExecutorsTest {
  /** What lives elsewhere. */
  public static class Pools {
    /** So many threads. */
    public ExecutorService fixed(int threads) {
      return Executors.newFixedThreadPool(threads);
    }

    /** By its class. */
    public ThreadPoolExecutor pool() {
      return (ThreadPoolExecutor) Executors.newFixedThreadPool(2);
    }

    /** At a time. */
    public ScheduledExecutorService scheduled() {
      return Executors.newScheduledThreadPool(1);
    }

    /** Splits tasks. */
    public ForkJoinPool forkJoin() {
      return new ForkJoinPool(2);
    }

    /** Runs a callable in an executor of the caller. */
    public String runIn(ExecutorService pool, Callable<String> task) throws Exception {
      return pool.submit(task).get();
    }

    /** A timer. */
    public java.util.Timer timer() {
      return new java.util.Timer(true);
    }

    /** A task for it. */
    public TimerTask timerTask(Runnable task) {
      return new TimerTask() {
        @Override
        public void run() {
          task.run();
        }
      };
    }
  }

  private static void end(ExecutorService pool) throws InterruptedException {
    pool.shutdown();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Conformance
  void aCallableOfTheCallerGivesAResult(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    Future<String> future = pool.submit(() -> "done");
    assertThat(future.get()).isEqualTo("done");
    assertThat(future.get(1, TimeUnit.SECONDS)).isEqualTo("done");
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isFalse();
    assertThat(pool.submit(() -> {}, 7).get()).isEqualTo(7);
    assertThat(pool.submit((Runnable) () -> {}).get()).isNull();
    end(pool);
  }

  @Conformance
  void whatATaskThrowsIsTheCause(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    var failure = new java.io.IOException("no");
    Future<String> future =
        pool.submit(
            () -> {
              throw failure;
            });
    assertThatThrownBy(future::get)
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(failure);
    end(pool);
  }

  @Conformance
  void aTaskIsStartedAtOnceAndNotWaitedFor(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    var go = new CountDownLatch(1);
    Future<String> future =
        pool.submit(
            () -> {
              go.await();
              return "went";
            });
    assertThat(future.isDone()).isFalse();
    assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
        .isExactlyInstanceOf(TimeoutException.class);
    go.countDown();
    assertThat(future.get()).isEqualTo("went");
    end(pool);
  }

  @Conformance
  void aCallableThatIsInterruptedFailsAsItDoesLocally(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    var started = new CountDownLatch(1);
    Future<?> future =
        pool.submit(
            () -> {
              started.countDown();
              new CountDownLatch(1).await();
              return "never";
            });
    started.await();
    assertThat(pool.shutdownNow()).isEmpty();
    assertThatThrownBy(future::get)
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(InterruptedException.class);
    end(pool);
  }

  @Conformance
  void cancellingAFutureInterruptsItsTask(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    var started = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    Future<?> future =
        pool.submit(
            () -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    started.await();
    assertThat(future.cancel(true)).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    end(pool);
  }

  @Conformance
  void aTaskThatWaitsInTheQueueIsCancelled(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    var go = new CountDownLatch(1);
    var ran = new AtomicInteger();
    Future<?> first =
        pool.submit(
            () -> {
              go.await();
              return 1;
            });
    Future<?> second = pool.submit((Runnable) ran::incrementAndGet);
    assertThat(second.cancel(false)).isTrue();
    Future<?> third = pool.submit((Runnable) () -> {});
    go.countDown();
    first.get();
    third.get();
    assertThat(ran.get()).isZero();
    end(pool);
  }

  @Conformance
  void allTasksAreInvoked(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(2);
    List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
    int sum = 0;
    for (Future<Integer> future : pool.invokeAll(tasks)) {
      assertThat(future.isDone()).isTrue();
      sum += future.get();
    }
    assertThat(sum).isEqualTo(6);
    assertThat(pool.invokeAny(tasks)).isBetween(1, 3);
    end(pool);
  }

  @Conformance
  void anExecutorThatIsShutDownRefuses(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    pool.shutdown();
    assertThat(pool.isShutdown()).isTrue();
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.isTerminated()).isTrue();
  }

  @Conformance
  void whatSubmitThrowsIsThrownBySubmit(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    end(pool);
    assertThatThrownBy(() -> pool.submit(() -> "never"))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> pool.submit((Callable<String>) null))
        .isInstanceOf(NullPointerException.class);
  }

  @Conformance
  void whatHasNotBegunIsHandedBack(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(1);
    var started = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    pool.execute(
        () -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            ended.countDown();
          }
        });
    started.await();
    Runnable waiting = () -> {};
    pool.execute(waiting);
    List<Runnable> left = pool.shutdownNow();
    assertThat(left).hasSize(1);
    assertThat((Object) left.get(0)).isSameAs(waiting);
    ended.await();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Conformance
  void aPoolTellsAndChangesItsSize(Pools pools) throws Exception {
    ThreadPoolExecutor pool = pools.pool();
    pool.setMaximumPoolSize(3);
    pool.setCorePoolSize(3);
    assertThat(pool.getCorePoolSize()).isEqualTo(3);
    pool.submit(() -> 1).get();
    assertThat(pool.getPoolSize()).isEqualTo(1);
    assertThat(pool.getQueue().isEmpty()).isTrue();
    end(pool);
  }

  @Conformance
  void aTaskIsScheduledOnce(Pools pools) throws Exception {
    ScheduledExecutorService pool = pools.scheduled();
    ScheduledFuture<String> soon = pool.schedule(() -> "now", 1, TimeUnit.MILLISECONDS);
    assertThat(soon.get()).isEqualTo("now");
    ScheduledFuture<String> late = pool.schedule(() -> "never", 1, TimeUnit.HOURS);
    assertThat(late.getDelay(TimeUnit.MINUTES)).isBetween(58L, 60L);
    assertThat(late.isDone()).isFalse();
    assertThat(late.compareTo(soon)).isPositive();
    assertThat(late.cancel(false)).isTrue();
    assertThat(late.isCancelled()).isTrue();
    assertThatThrownBy(late::get).isInstanceOf(CancellationException.class);
    end(pool);
  }

  @Conformance
  void aTaskIsRepeatedUntilItIsCancelled(Pools pools) throws Exception {
    ScheduledExecutorService pool = pools.scheduled();
    var thrice = new CountDownLatch(3);
    ScheduledFuture<?> repeated =
        pool.scheduleAtFixedRate(thrice::countDown, 0, 1, TimeUnit.MILLISECONDS);
    thrice.await();
    assertThat(repeated.cancel(false)).isTrue();
    end(pool);
  }

  @Conformance
  void aTaskThatThrowsIsRepeatedNoMore(Pools pools) throws Exception {
    ScheduledExecutorService pool = pools.scheduled();
    var runs = new AtomicInteger();
    ScheduledFuture<?> repeated =
        pool.scheduleWithFixedDelay(
            () -> {
              if (runs.incrementAndGet() == 2) {
                throw new IllegalStateException("enough");
              }
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    assertThatThrownBy(repeated::get)
        .isExactlyInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("enough");
    assertThat(runs.get()).isEqualTo(2);
    end(pool);
  }

  @Conformance
  void aForkJoinPoolRunsCallables(Pools pools) throws Exception {
    ForkJoinPool pool = pools.forkJoin();
    assertThat(pool.submit(() -> 5).join()).isEqualTo(5);
    ExecutorService plain = pool;
    assertThat(plain.submit(() -> 6).get()).isEqualTo(6);
    assertThat(pool.getParallelism()).isEqualTo(2);
    end(pool);
  }

  @Conformance
  void aForkJoinPoolTakesTasksBeforeItIsShutDownAndNoneAfterwards(Pools pools) throws Exception {
    for (int i = 0; i < 20; i++) {
      ForkJoinPool pool = pools.forkJoin();
      ForkJoinTask<Integer> task = pool.submit(() -> 5);
      pool.shutdown();
      assertThat(task.join()).isEqualTo(5);
      assertThatThrownBy(() -> pool.submit(() -> 6)).isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Conformance
  void aForkJoinTaskFailsAndIsCancelled(Pools pools) throws Exception {
    ForkJoinPool pool = pools.forkJoin();
    Callable<Integer> failing =
        () -> {
          throw new java.io.IOException("no");
        };
    assertThatThrownBy(() -> pool.submit(failing).get())
        .isExactlyInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no");
    assertThat(pool.submit(() -> {}).get()).isNull();
    var go = new CountDownLatch(1);
    ForkJoinTask<?> waiting = pool.submit(() -> awaitUninterruptibly(go));
    assertThat(waiting.isDone()).isFalse();
    assertThat(waiting.cancel(true)).isTrue();
    assertThat(waiting.isCancelled()).isTrue();
    go.countDown();
    end(pool);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Conformance
  void anExecutorOfTheCallerRunsTheTask(Pools pools) throws Exception {
    ExecutorService own = Executors.newSingleThreadExecutor();
    var thread = new AtomicReference<Thread>();
    assertThat(
            pools.runIn(
                own,
                () -> {
                  thread.set(Thread.currentThread());
                  return "ran";
                }))
        .isEqualTo("ran");
    assertThat(thread.get()).isSameAs(own.submit(Thread::currentThread).get());
    end(own);
  }

  @Conformance
  void aCompletionServiceOfTheCallerWrapsAnExecutor(Pools pools) throws Exception {
    ExecutorService pool = pools.fixed(2);
    var service = new ExecutorCompletionService<Integer>(pool::execute);
    service.submit(() -> 1);
    service.submit(() -> 2);
    assertThat(service.take().get() + service.take().get()).isEqualTo(3);
    end(pool);
  }

  @Conformance
  void aTimerRunsTasksOfTheSameOwner(Pools pools) {
    java.util.Timer timer = pools.timer();
    var runs = new AtomicInteger();
    TimerTask task = pools.timerTask(runs::incrementAndGet);
    timer.schedule(task, 0);
    Awaitility.await().until(() -> runs.get() == 1);
    timer.cancel();
    assertThatThrownBy(() -> timer.schedule(task, 0))
        .isExactlyInstanceOf(IllegalStateException.class);
  }
}
