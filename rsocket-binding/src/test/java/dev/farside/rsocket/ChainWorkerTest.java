package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.codec.Chain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the worker of a chain waits for the next call. */
@Timeout(20)
class ChainWorkerTest {
  private final Chain chain = new Chain(1, 2);
  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final LogicalThreads all =
      new LogicalThreads(this::start, Duration.ofHours(1), Duration.ofMillis(1));

  @AfterEach
  void allHaveEnded() throws Exception {
    for (Thread thread : started) {
      thread.join();
    }
  }

  private void start(Runnable task) {
    var thread = new Thread(task);
    started.add(thread);
    thread.start();
  }

  /** Which thread carries out a call of this chain. */
  private Thread served(Chain in, Runnable call) throws Exception {
    var thread = new CompletableFuture<Thread>();
    all.execute(
        in,
        this,
        () -> {
          call.run();
          thread.complete(Thread.currentThread());
        },
        TimeLimit.NONE);
    return thread.get(10, TimeUnit.SECONDS);
  }

  private static void lock() {
    HeldLocks.current().count(1);
  }

  private static void unlock() {
    HeldLocks.current().count(-1);
  }

  /** Longer than a worker waits that holds nothing. */
  private void letOthersWaitForLong() throws Exception {
    for (int i = 0; i < 5; i++) {
      served(new Chain(3, i), () -> {}).join();
    }
  }

  @Test
  void aWorkerThatWaitsForLongEnds() throws Exception {
    Thread worker = served(chain, () -> {});
    worker.join();
    assertThat(served(chain, () -> {})).isNotSameAs(worker);
  }

  @Test
  void oneThatHoldsALockWaitsForItsCallerToUnlockIt() throws Exception {
    Thread worker = served(chain, ChainWorkerTest::lock);
    letOthersWaitForLong();
    assertThat(served(chain, ChainWorkerTest::unlock)).isSameAs(worker);
    worker.join();
  }

  @Test
  void oneThatHoldsALockEndsWithItsCaller() throws Exception {
    Thread worker = served(chain, ChainWorkerTest::lock);
    letOthersWaitForLong();
    all.ended(chain, this);
    worker.join();
  }

  @Test
  void oneThatHoldsALockIsNotEndedByAnInterruptThatWasMeantForATask() throws Exception {
    Thread worker = served(chain, ChainWorkerTest::lock);
    worker.interrupt();
    assertThat(served(chain, ChainWorkerTest::unlock)).isSameAs(worker);
    worker.join();
  }

  @Test
  void itsThreadBeginsAnewWithAnotherCaller() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    var reused = new LogicalThreads(one, Duration.ofHours(1), Duration.ofMillis(1));
    reused.execute(chain, this, ChainWorkerTest::lock, TimeLimit.NONE);
    reused.ended(chain, this);
    var held = new CompletableFuture<Boolean>();
    reused.execute(
        new Chain(3, 4), this, () -> held.complete(HeldLocks.current().areAny()), TimeLimit.NONE);
    assertThat(held.get(10, TimeUnit.SECONDS)).isFalse();
    one.shutdown();
  }
}
