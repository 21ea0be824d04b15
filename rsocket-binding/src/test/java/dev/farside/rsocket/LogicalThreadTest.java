package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.codec.Chain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LogicalThreadTest {
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final LogicalThreads all = new LogicalThreads(workers);
  private final Chain chain = new Chain(1, 2);

  private final List<Chain> ended = new CopyOnWriteArrayList<>();
  private final LogicalThread.Callee callee =
      new LogicalThread.Callee() {
        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void ended(Chain chain) {
          ended.add(chain);
        }
      };

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  private void runOnTheWorker() throws InterruptedException {
    var ran = new CountDownLatch(1);
    all.execute(chain, this, ran::countDown, TimeLimit.NONE);
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoWaitsIsServedBeforeItParks() throws InterruptedException {
    LogicalThread thread = all.current();
    var ran = new AtomicReference<Thread>();
    thread.enter(callee);
    all.execute(thread.chain(), this, () -> ran.set(Thread.currentThread()), TimeLimit.NONE);
    thread.await(() -> ran.get() != null, TimeLimit.NONE);
    thread.leave();
    assertThat(ran).hasValue(Thread.currentThread());
  }

  @Test
  void theWorkerTakesOverWhatAWaiterLeavesBehind() throws InterruptedException {
    var thread = new AtomicReference<LogicalThread>();
    all.execute(chain, this, () -> thread.set(all.current()), TimeLimit.NONE);
    runOnTheWorker();
    var ran = new CountDownLatch(1);
    var done = new AtomicBoolean();
    thread.get().enter(callee);
    all.execute(
        chain,
        this,
        () -> {
          all.execute(chain, this, ran::countDown, TimeLimit.NONE);
          done.set(true);
        },
        TimeLimit.NONE);
    thread.get().await(done::get, TimeLimit.NONE);
    thread.get().leave();
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theWorkerLeavesToWhoWaitsWhatComesMeanwhile() throws InterruptedException {
    LogicalThread thread = all.current();
    var worker = new CompletableFuture<Thread>();
    var go = new CountDownLatch(1);
    thread.enter(callee);
    all.execute(
        thread.chain(),
        this,
        () -> {
          worker.complete(Thread.currentThread());
          awaitUninterruptibly(go);
        },
        TimeLimit.NONE);
    thread.leave();
    worker.join();
    thread.enter(callee);
    var ran = new AtomicReference<Thread>();
    all.execute(thread.chain(), this, () -> ran.set(Thread.currentThread()), TimeLimit.NONE);
    go.countDown();
    await().until(() -> LockSupport.getBlocker(worker.join()) == thread);
    thread.await(() -> ran.get() != null, TimeLimit.NONE);
    thread.leave();
    assertThat(ran).hasValue(Thread.currentThread());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theInnermostWaiterServesTheChain() throws InterruptedException {
    LogicalThread thread = all.current();
    var order = new StringBuilder();
    thread.enter(callee);
    all.execute(
        thread.chain(),
        this,
        () -> {
          order.append("outer ");
          thread.enter(callee);
          var inner = new AtomicBoolean();
          all.execute(
              thread.chain(),
              this,
              () -> {
                order.append("inner ");
                inner.set(true);
              },
              TimeLimit.NONE);
          try {
            thread.await(inner::get, TimeLimit.NONE);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          thread.leave();
        },
        TimeLimit.NONE);
    thread.await(() -> order.length() > 6, TimeLimit.NONE);
    thread.leave();
    assertThat(order).hasToString("outer inner ");
  }

  @Test
  void aChainThatEndsTellsWhereItHadCalled() {
    LogicalThread thread = all.current();
    thread.enter(callee);
    thread.leave();
    thread.ended();
    assertThat(thread.isOver()).isTrue();
    assertThat(ended).containsExactly(thread.chain());
  }

  @Test
  void aChainWhoseThreadEndsWhileAWorkerWaitsInItEndsAfterwards() throws InterruptedException {
    var own = new CompletableFuture<LogicalThread>();
    var waiting = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var owner =
        new Thread(
            () -> {
              LogicalThread thread = all.current();
              thread.enter(callee);
              thread.leave();
              own.complete(thread);
              awaitUninterruptibly(waiting);
            });
    owner.start();
    LogicalThread thread = own.join();
    all.execute(
        thread.chain(),
        this,
        () -> {
          thread.enter(callee);
          waiting.countDown();
          awaitUninterruptibly(go);
          thread.leave();
        },
        TimeLimit.NONE);
    owner.join();
    all.current(); // another begins: those that have ended are looked for
    assertThat(ended).isEmpty();
    go.countDown();
    await().untilAsserted(() -> assertThat(ended).containsExactly(thread.chain()));
  }

  @Test
  void theChainThatATaskBeginsEndsWithIt() throws InterruptedException {
    LogicalThread thread = all.current();
    thread.enter(callee);
    thread.leave();
    all.endOwn();
    all.endOwn();
    assertThat(ended).containsExactly(thread.chain());
    assertThat(all.current().chain()).isNotEqualTo(thread.chain());
  }

  @Test
  void theChainThatATaskBeganEndsAfterAWaitInIt() throws InterruptedException {
    LogicalThread thread = all.current();
    var waiting = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    thread.enter(callee);
    thread.leave();
    all.execute(
        thread.chain(),
        this,
        () -> {
          thread.enter(callee);
          waiting.countDown();
          awaitUninterruptibly(go);
          thread.leave();
        },
        TimeLimit.NONE);
    awaited(waiting);
    all.endOwn();
    assertThat(ended).isEmpty();
    go.countDown();
    await().untilAsserted(() -> assertThat(ended).containsExactly(thread.chain()));
  }

  @Test
  void aWaitThatIsTooLongEnds() throws InterruptedException {
    LogicalThread thread = all.current();
    thread.enter(callee);
    assertThat(thread.await(() -> false, TimeLimit.ofMillis(1))).isFalse();
    thread.leave();
  }

  @Test
  void theWorkerEndsWithTheCallerWhoseCallWasTheLast() throws Exception {
    var worker = new AtomicReference<Thread>();
    all.execute(chain, "one", () -> worker.set(Thread.currentThread()), TimeLimit.NONE);
    runOnTheWorker();
    all.gone("one");
    runOnTheWorker();
    all.gone(this);
    workers.shutdown();
    assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    worker.get().join();
  }

  /** With so much time for calls that were given up. */
  private static LogicalThreads within(Executor workers, Duration grace) {
    return new LogicalThreads(workers, grace, Duration.ofSeconds(30));
  }

  private final LogicalThreads patient = within(workers, Duration.ofHours(1));

  /** What the current thread carries out begins. */
  private static ChainTask beginTask(LogicalThreads threads, boolean shielded) {
    ChainTask task = requireNonNull(threads.current().task(shielded));
    task.begin();
    return task;
  }

  /** A task that goes on until it is told to end. */
  private final class LongTask implements Runnable {
    private final boolean shielded;
    private final CompletableFuture<ChainTask> begun = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    LongTask(boolean shielded) {
      this.shielded = shielded;
    }

    @Override
    public void run() {
      begun.complete(beginTask(patient, shielded));
      awaitUninterruptibly(goOn);
    }
  }

  private void awaited(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theNextCallDoesNotWaitForOneThatCannotBeInterrupted() throws InterruptedException {
    var task = new LongTask(true);
    patient.execute(chain, this, task, TimeLimit.NONE);
    task.begun.join().unwanted();
    var ran = new CountDownLatch(1);
    patient.execute(chain, this, ran::countDown, TimeLimit.NONE);
    awaited(ran);
    task.goOn.countDown();
  }

  @Test
  void aCallBesideOneThatNobodyHasGivenUpTakesTheWorkersPlaceNot() throws InterruptedException {
    var task = new LongTask(false);
    var worker = new CompletableFuture<Thread>();
    Runnable first =
        () -> {
          worker.complete(Thread.currentThread());
          task.run();
        };
    patient.execute(chain, this, first, TimeLimit.NONE);
    task.begun.join();
    var beside = new CompletableFuture<Thread>();
    patient.execute(chain, this, () -> beside.complete(Thread.currentThread()), TimeLimit.NONE);
    assertThat(beside.join()).isNotEqualTo(worker.join());
    task.begun.join().returned();
    var next = new CompletableFuture<Thread>();
    patient.execute(chain, this, () -> next.complete(Thread.currentThread()), TimeLimit.NONE);
    task.goOn.countDown();
    assertThat(next.join()).isEqualTo(worker.join());
  }

  @Test
  void theNextCallIsTheWorkersAlthoughThatHasNotEndedWhatHasReturned() {
    var worker = new CompletableFuture<Thread>();
    var goOn = new CountDownLatch(1);
    Runnable first =
        () -> {
          beginTask(patient, false).returned();
          worker.complete(Thread.currentThread());
          awaitUninterruptibly(goOn);
        };
    patient.execute(chain, this, first, TimeLimit.NONE);
    Thread before = worker.join();
    var next = new CompletableFuture<Thread>();
    patient.execute(chain, this, () -> next.complete(Thread.currentThread()), TimeLimit.NONE);
    goOn.countDown();
    assertThat(next.join()).isEqualTo(before);
  }

  @Test
  void whoIsInterruptedServesNoMoreOfWhatKeepsComing() throws InterruptedException {
    LogicalThread thread = patient.current();
    var more = new AtomicBoolean(true);
    var last = new CountDownLatch(1);
    var endless =
        new Runnable() {
          @Override
          public void run() {
            Thread.currentThread().interrupt();
            if (more.get()) {
              patient.execute(thread.chain(), this, this, TimeLimit.NONE);
            } else {
              last.countDown();
            }
          }
        };
    thread.enter(callee);
    patient.execute(thread.chain(), this, endless, TimeLimit.NONE);
    assertThatThrownBy(() -> thread.await(() -> false, TimeLimit.NONE))
        .isInstanceOf(InterruptedException.class);
    more.set(false);
    thread.leave();
    awaited(last);
  }

  @Test
  void whoIsHeldUpIsNotLeftBehindMoreThanOnce() throws InterruptedException {
    List<Runnable> toStart = new ArrayList<>();
    List<Runnable> looks = new ArrayList<>();
    var slow =
        new LogicalThreads(toStart::add, Duration.ofHours(1), Duration.ofHours(1)) {
          @Override
          void soon(Runnable task) {
            looks.add(task);
          }
        };
    LogicalThread thread = slow.current();
    var done = new AtomicBoolean();
    Runnable task =
        () -> {
          beginTask(slow, true).unwanted();
          for (int i = 0; i < 3; i++) {
            slow.execute(thread.chain(), this, () -> {}, TimeLimit.NONE);
          }
          looks.forEach(Runnable::run);
          done.set(true);
        };
    thread.enter(callee);
    slow.execute(thread.chain(), this, task, TimeLimit.NONE);
    assertThat(thread.await(done::get, TimeLimit.NONE)).isTrue();
    assertThat(looks).hasSize(3);
    assertThat(toStart).hasSize(1);
    assertThat(slow.current()).isSameAs(thread);
    thread.leave();
  }

  @Test
  void theNextCallWaitsForOneThatWasGivenUpOnlyAPartOfItsOwnTime() throws InterruptedException {
    var task = new LongTask(false);
    patient.execute(chain, this, task, TimeLimit.NONE);
    task.begun.join().unwanted();
    var ran = new CountDownLatch(1);
    patient.execute(chain, this, ran::countDown, TimeLimit.ofMillis(200));
    awaited(ran);
    task.goOn.countDown();
  }

  @Test
  void whatIsGivenUpOnAThreadThatWaitsDoesNotHoldUpItsChain() throws InterruptedException {
    LogicalThread thread = patient.current();
    var task = new LongTask(true);
    var ran = new AtomicReference<Thread>();
    var told =
        task.begun.thenAccept(
            begun -> {
              begun.unwanted();
              patient.execute(
                  thread.chain(),
                  this,
                  () -> {
                    ran.set(Thread.currentThread());
                    task.goOn.countDown();
                  },
                  TimeLimit.NONE);
            });
    thread.enter(callee);
    patient.execute(thread.chain(), this, task, TimeLimit.NONE);
    thread.await(() -> ran.get() != null, TimeLimit.NONE);
    assertThat(ran.get()).isNotNull().isNotEqualTo(Thread.currentThread());
    ran.set(null);
    patient.execute(thread.chain(), this, () -> ran.set(Thread.currentThread()), TimeLimit.NONE);
    thread.await(() -> ran.get() != null, TimeLimit.NONE);
    thread.leave();
    assertThat(told).isCompleted();
    assertThat(ran).hasValue(Thread.currentThread());
  }

  @Test
  void aThreadThatWaitsServesAllThatIsNotGivenUp() throws InterruptedException {
    var hasty = within(workers, Duration.ZERO);
    LogicalThread thread = hasty.current();
    var ran = new AtomicReference<Thread>();
    thread.enter(callee);
    hasty.execute(
        thread.chain(),
        this,
        () ->
            hasty.execute(
                thread.chain(),
                this,
                () -> ran.set(Thread.currentThread()),
                TimeLimit.ofMillis(100)),
        TimeLimit.NONE);
    thread.await(() -> ran.get() != null, TimeLimit.NONE);
    thread.leave();
    assertThat(ran).hasValue(Thread.currentThread());
  }
}
