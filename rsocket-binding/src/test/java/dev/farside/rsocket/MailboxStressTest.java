package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.codec.Chain;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Races in which threads park, which the stress module's actors must not. */
@Timeout(60)
class MailboxStressTest {
  private static final int ROUNDS = 10_000;

  /** Much longer than a round: who needs it was not woken. */
  private final TimeLimit limit = TimeLimit.of(Duration.ofSeconds(50));

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final CyclicBarrier round = new CyclicBarrier(2);
  private final LogicalThreads all = new LogicalThreads(workers);
  private final LogicalThread.Callee callee =
      new LogicalThread.Callee() {
        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void ended(Chain chain) {}
      };

  @AfterEach
  void stop() {
    workers.shutdownNow();
    other.shutdownNow();
  }

  /** What is done in a round by one of the two. */
  private interface Part {
    void run(int round) throws Exception;
  }

  private Future<?> begin(Part part) {
    return other.submit(
        () -> {
          inRounds(part);
          return null;
        });
  }

  private void inRounds(Part part) throws Exception {
    for (int i = 1; i <= ROUNDS; i++) {
      round.await(50, TimeUnit.SECONDS);
      part.run(i);
    }
  }

  private boolean waitUntilReaches(LogicalThread chain, AtomicInteger counter, int count)
      throws InterruptedException {
    chain.enter(callee);
    try {
      return chain.await(() -> counter.get() >= count, limit);
    } finally {
      chain.leave();
    }
  }

  @Test
  void whoWaitsIsWokenByItsAnswer() throws Exception {
    LogicalThread chain = all.current();
    Thread waiter = Thread.currentThread();
    var answers = new AtomicInteger();
    Future<?> peer =
        begin(
            i -> {
              answers.set(i);
              LockSupport.unpark(waiter);
            });
    inRounds(i -> assertThat(waitUntilReaches(chain, answers, i)).isTrue());
    peer.get(50, TimeUnit.SECONDS);
  }

  @Test
  void whoWaitsIsWokenByATask() throws Exception {
    LogicalThread chain = all.current();
    var ran = new AtomicInteger();
    chain.enter(callee);
    Future<?> peer =
        begin(i -> all.execute(chain.chain(), this, ran::incrementAndGet, TimeLimit.NONE));
    inRounds(i -> assertThat(waitUntilReaches(chain, ran, i)).isTrue());
    chain.leave();
    peer.get(50, TimeUnit.SECONDS);
    assertThat(ran).hasValue(ROUNDS);
  }

  @Test
  void aTaskIsRunAlthoughWhoWaitsIsJustLeaving() throws Exception {
    LogicalThread chain = all.current();
    Thread waiter = Thread.currentThread();
    var answers = new AtomicInteger();
    var ran = new AtomicInteger();
    var allRan = new CountDownLatch(ROUNDS);
    Future<?> peer =
        begin(
            i -> {
              answers.set(i);
              LockSupport.unpark(waiter);
              all.execute(
                  chain.chain(),
                  this,
                  () -> {
                    ran.getAndIncrement();
                    allRan.countDown();
                  },
                  TimeLimit.NONE);
            });
    inRounds(i -> assertThat(waitUntilReaches(chain, answers, i)).isTrue());
    peer.get(50, TimeUnit.SECONDS);
    assertThat(allRan.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(ROUNDS);
  }

  @Test
  void aTaskIsRunAlthoughTheWorkerIsJustEnding() throws Exception {
    var chain = new Chain(1, 2);
    var ran = new AtomicInteger();
    var allRan = new CountDownLatch(2 * ROUNDS);
    Runnable task =
        () -> {
          ran.getAndIncrement();
          allRan.countDown();
        };
    Future<?> peer =
        begin(
            i -> {
              all.execute(chain, "one", task, TimeLimit.NONE);
              all.ended(chain, "one");
            });
    inRounds(
        i -> {
          all.execute(chain, "two", task, TimeLimit.NONE);
          all.gone("two");
        });
    peer.get(50, TimeUnit.SECONDS);
    assertThat(allRan.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(2 * ROUNDS);
  }

  @Test
  void aTaskOfAnEventLoopIsRunAlthoughItsThreadIsJustEnding() throws Exception {
    var loop = new IoLoop("loop that ends and begins");
    var ran = new AtomicInteger();
    var allRan = new CountDownLatch(2 * ROUNDS);
    Runnable task =
        () -> {
          ran.getAndIncrement();
          allRan.countDown();
        };
    Future<?> peer = begin(i -> loop.execute(task));
    inRounds(i -> loop.execute(task));
    peer.get(50, TimeUnit.SECONDS);
    assertThat(allRan.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(2 * ROUNDS);
  }
}
