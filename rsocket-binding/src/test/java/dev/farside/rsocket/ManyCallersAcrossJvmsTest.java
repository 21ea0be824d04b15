package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.OneWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers do not wait for each other, and nobody waits for an idle peer. */
@Timeout(60)
public class ManyCallersAcrossJvmsTest {
  /** Takes its time. */
  public interface Slow {
    /** Once all callers have come. */
    void sleep(long millis) throws Exception;
  }

  private static final int SLEEPERS = 200;

  /** Nobody gets past its barrier unless all callers are there at the same time. */
  static final class PlainSlow implements Slow {
    private final CyclicBarrier all = new CyclicBarrier(SLEEPERS);

    @Override
    public void sleep(long millis) throws Exception {
      all.await();
      Thread.sleep(millis);
    }
  }

  /** Calls the other JVM while its own lock is held; each of its methods needs that lock. */
  public interface Guarded {
    /** Begins to call and returns; {@link #finished} tells how many calls succeeded. */
    void start(int times, Leaf leaf);

    int finished() throws Exception;

    /** Under the own lock: calls a leaf, which calls back what needs the own lock. */
    int through(Leaf leaf);
  }

  /** Calls back. */
  public interface Leaf {
    int call(IntSupplier back);
  }

  /** Tells a stored listener of events when nobody calls. */
  public interface Ticker {
    /** Ticks on a thread of its own, then tells the listener how long each tick took. */
    void tick(int times, TickListener listener);
  }

  /** Hears ticks. */
  public interface TickListener {
    void onTick(int number);

    @OneWay
    void onEnd(long[] nanos);
  }

  /** Either JVM's. */
  static final class PlainGuarded implements Guarded {
    private final AtomicReference<Future<Integer>> work = new AtomicReference<>();
    private int entered;

    @Override
    public void start(int times, Leaf leaf) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      work.set(thread.submit(() -> call(times, leaf)));
      thread.shutdown();
    }

    private int call(int times, Leaf leaf) {
      for (int i = 0; i < times; i++) {
        through(leaf);
      }
      return times;
    }

    @Override
    public synchronized int through(Leaf leaf) {
      return leaf.call(this::enter);
    }

    private synchronized int enter() {
      return ++entered;
    }

    @Override
    public int finished() throws Exception {
      return work.get().get(50, TimeUnit.SECONDS);
    }
  }

  /** The other JVM. */
  static final class Main {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(
          Farside.builder()
              .bind("slow", new PlainSlow())
              .bind("leaf", (Leaf) IntSupplier::getAsInt)
              .bind("guarded", new PlainGuarded())
              .bind("ticker", (Ticker) Main::tick));
    }

    private static void tick(int times, TickListener listener) {
      new Thread(() -> listener.onEnd(measured(times, listener)), "ticker").start();
    }

    private static long[] measured(int times, TickListener listener) {
      var nanos = new long[times];
      for (int i = 0; i < times; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // lets the client fall idle
        long start = System.nanoTime();
        listener.onTick(i);
        nanos[i] = System.nanoTime() - start;
      }
      return nanos;
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void twoHundredCallsThatSleepASecondAtTheSameTimeEndInAboutASecond() throws Exception {
    Slow slow = jvms.lookup("slow", Slow.class);
    sleepAtTheSameTime(slow, 1); // makes the threads of both sides, and loads classes
    long start = System.nanoTime();
    sleepAtTheSameTime(slow, 1_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
  }

  private void sleepAtTheSameTime(Slow slow, long millis) throws Exception {
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < SLEEPERS; i++) {
      calls.add(
          threads.submit(
              () -> {
                slow.sleep(millis);
                return null;
              }));
    }
    for (Future<?> call : calls) {
      call.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void tenThousandCrossCallsUnderOwnLocksDoNotDeadlock() throws Exception {
    int calls = 10_000;
    var near = new PlainGuarded();
    Guarded far = jvms.lookup("guarded", Guarded.class);
    Leaf farLeaf = jvms.lookup("leaf", Leaf.class);
    far.start(calls, IntSupplier::getAsInt);
    near.start(calls, farLeaf);
    assertThat(near.finished()).isEqualTo(calls);
    assertThat(far.finished()).isEqualTo(calls);
    assertThat(near.through(farLeaf)).isEqualTo(calls + 1);
  }

  @Test
  void aStoredCallbackReachesAnIdleClientAtOnce() throws Exception {
    Ticker ticker = jvms.lookup("ticker", Ticker.class);
    var ended = new CountDownLatch(1);
    var taken = new AtomicReference<long[]>();
    List<Integer> heard = new ArrayList<>();
    ticker.tick(
        201,
        new TickListener() {
          @Override
          public synchronized void onTick(int number) {
            heard.add(number);
          }

          @Override
          public void onEnd(long[] nanos) {
            taken.set(nanos);
            ended.countDown();
          }
        });
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    long[] sorted = taken.get().clone();
    Arrays.sort(sorted);
    Duration median = Duration.ofNanos(sorted[sorted.length / 2]);
    assertThat(heard).hasSize(201).isSorted();
    assertThat(median).isLessThan(Duration.ofMillis(50));
  }
}
