package dev.farside.rsocket;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.OneWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** Tells listeners of clients that have fallen silent. */
  public interface Bell {
    void keep(TickListener listener);

    /** Tells each of them once, later, then this one how long each took. */
    void ringAfter(long millis, TickListener end);
  }

  /** Each listener is told by a thread that has told none. */
  static final class PlainBell implements Bell {
    private final List<TickListener> kept = new CopyOnWriteArrayList<>();

    @Override
    public void keep(TickListener listener) {
      kept.add(listener);
    }

    @Override
    public void ringAfter(long millis, TickListener end) {
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, PlainBell::onNewThread)
          .execute(() -> end.onEnd(ring()));
    }

    private long[] ring() {
      return kept.stream()
          .map(each -> supplyAsync(() -> nanosOf(each, 0), PlainBell::onNewThread))
          .mapToLong(CompletableFuture::join)
          .toArray();
    }

    private static void onNewThread(Runnable task) {
      new Thread(task, "bell").start();
    }
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
              .bind("ticker", (Ticker) Main::tick)
              .bind("bell", new PlainBell()));
    }

    private static void tick(int times, TickListener listener) {
      new Thread(() -> listener.onEnd(measured(times, listener)), "ticker").start();
    }

    private static long[] measured(int times, TickListener listener) {
      var nanos = new long[times];
      for (int i = 0; i < times; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // lets the client fall idle
        nanos[i] = nanosOf(listener, i);
      }
      return nanos;
    }
  }

  private static long nanosOf(TickListener listener, int tick) {
    long start = System.nanoTime();
    listener.onTick(tick);
    return System.nanoTime() - start;
  }

  /** Notes the ticks, and the names of the threads that it hears them on. */
  static final class NotingListener implements TickListener {
    private final List<Integer> heard = new ArrayList<>();
    private final List<String> threads = new ArrayList<>();
    private final CompletableFuture<long[]> taken = new CompletableFuture<>();

    @Override
    public synchronized void onTick(int number) {
      heard.add(number);
      threads.add(Thread.currentThread().getName());
    }

    @Override
    public void onEnd(long[] nanos) {
      taken.complete(nanos);
    }

    Duration median() throws Exception {
      long[] sorted = taken.get(30, TimeUnit.SECONDS).clone();
      Arrays.sort(sorted);
      return Duration.ofNanos(sorted[sorted.length / 2]);
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
    var listener = new NotingListener();
    ticker.tick(201, listener);
    Duration median = listener.median();
    assertThat(listener.heard).hasSize(201).isSorted();
    assertThat(median).isLessThan(Duration.ofMillis(50));
  }

  @Test
  void aStoredCallbackReachesAClientWhoseWorkersHaveEndedAtOnce() throws Exception {
    var listener = new NotingListener();
    List<Farside> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 21; i++) {
        Farside client = Farside.create();
        clients.add(client);
        client.connectNow(jvms.uri()).lookup("bell", Bell.class).keep(listener);
      }
      jvms.lookup("bell", Bell.class).ringAfter(12_000, listener); // idle workers end after 10 s
      Duration median = listener.median();
      assertThat(listener.threads).hasSize(21).doesNotContain("farside-worker-1");
      assertThat(median).isLessThan(Duration.ofMillis(50));
    } finally {
      clients.forEach(Farside::close);
    }
  }
}
