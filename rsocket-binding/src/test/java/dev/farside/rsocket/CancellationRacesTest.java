package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Whoever wins: no reference of what was given up stays in a table, and no call stays pending. */
@Timeout(60)
public class CancellationRacesTest {
  private static final int RACES = 2_500;
  private static final long SEED = 20060101;

  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Gives and takes references in every way. */
  public interface Things {
    Mono<Supplier<Integer>> one();

    Flux<Supplier<Integer>> many(int n);

    Flux<Supplier<Integer>> mirror(Flux<Supplier<Integer>> things);

    CompletableFuture<Supplier<Integer>> future();
  }

  /** Gives what is new each time. */
  public static final class NewThings implements Things {
    @Override
    public Mono<Supplier<Integer>> one() {
      return Mono.fromSupplier(() -> thing(1));
    }

    @Override
    public Flux<Supplier<Integer>> many(int n) {
      return Flux.range(0, n).map(NewThings::thing);
    }

    @Override
    public Flux<Supplier<Integer>> mirror(Flux<Supplier<Integer>> things) {
      return things;
    }

    @Override
    public CompletableFuture<Supplier<Integer>> future() {
      return CompletableFuture.supplyAsync(() -> thing(1));
    }

    private static Supplier<Integer> thing(int i) {
      return () -> i;
    }
  }

  /** What is raced. */
  enum Race {
    RESULT {
      @Override
      Disposable start(Things things, Random random) {
        return things.one().subscribe();
      }
    },
    FUTURE {
      @Override
      Disposable start(Things things, Random random) {
        CompletableFuture<?> future = things.future();
        return () -> future.cancel(true);
      }
    },
    ITEMS {
      @Override
      Disposable start(Things things, Random random) {
        return things.many(random.nextInt(200)).subscribe();
      }
    },
    CHANNEL {
      @Override
      Disposable start(Things things, Random random) {
        int items = random.nextInt(200);
        return things.mirror(Flux.range(0, items).map(NewThings::thing)).subscribe();
      }
    };

    abstract Disposable start(Things things, Random random);
  }

  @ParameterizedTest
  @EnumSource
  void aCancelThatRacesLeavesNothingBehind(Race race) throws Exception {
    Things things = sides.lookup(new NewThings(), Things.class);
    var random = new Random(SEED);
    for (int i = 0; i < RACES; i++) {
      Disposable started = race.start(things, random);
      spin(random.nextInt(20_000));
      started.dispose();
    }
    assertThat(things.one().block().get()).isEqualTo(1);
  }

  @Test
  void aCancelFromAnotherThreadMayRaceTheSubscription() throws Exception {
    Things things = sides.lookup(new NewThings(), Things.class);
    var random = new Random(SEED);
    for (int i = 0; i < RACES; i++) {
      var subscriber = new BaseSubscriber<Supplier<Integer>>() {};
      var go = new CountDownLatch(1);
      int pause = random.nextInt(5_000);
      var cancel =
          Schedulers.boundedElastic()
              .schedule(
                  () -> {
                    go.countDown();
                    spin(pause);
                    subscriber.cancel();
                  });
      go.await();
      things.many(20).subscribe(subscriber);
      assertThat(cancel).isNotNull();
    }
    assertThat(things.many(5).collectList().block()).hasSize(5);
  }

  @Test
  void anInterruptThatRacesAnAnswerLeavesNothingBehind() throws Exception {
    Blocking things = sides.lookup(new NewBlocking(), Blocking.class);
    var pool = Executors.newSingleThreadExecutor();
    var random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      Future<?> call = pool.submit(() -> things.one(() -> 1).get());
      spin(random.nextInt(200_000));
      call.cancel(true);
    }
    assertThat(pool.submit(() -> things.one(() -> 2).get()).get(20, TimeUnit.SECONDS)).isEqualTo(3);
    pool.shutdown();
  }

  /** Its class is slow to load. */
  public static final class LateException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Throws. */
  public interface Thrower {
    void call() throws LateException;
  }

  /** While it loads a class, a thread is interrupted and has time to end. */
  private static final class SlowLoader extends ClassLoader {
    private final Thread interrupted;

    SlowLoader(Thread interrupted) {
      super(CancellationRacesTest.class.getClassLoader());
      this.interrupted = interrupted;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(LateException.class.getName())) {
        interrupted.interrupt();
        try {
          interrupted.join(200);
        } catch (InterruptedException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void whoIsInterruptedWhileItsAnswerIsTakenGetsTheAnswer() throws Exception {
    var thrower = new AtomicReference<Thrower>();
    var call =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> thrower.get().call()).isInstanceOf(LateException.class);
              return Thread.interrupted();
            });
    var caller = new Thread(call);
    sides.near(builder -> builder.classLoader(new SlowLoader(caller)));
    Thrower target =
        () -> {
          throw new LateException();
        };
    thrower.set(sides.lookup(target, Thrower.class));
    caller.start();
    assertThat(call.get(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Gives a reference, blocking. */
  public interface Blocking {
    Supplier<Integer> one(Supplier<Integer> argument);
  }

  /** Gives what is new each time. */
  public static final class NewBlocking implements Blocking {
    @Override
    public Supplier<Integer> one(Supplier<Integer> argument) {
      int number = argument.get() + 1;
      return () -> number;
    }
  }

  @Test
  void manyThreadsRaceAtOnce() throws Exception {
    Things things = sides.lookup(new NewThings(), Things.class);
    var pool = Executors.newFixedThreadPool(4);
    List<Future<?>> futures = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      var random = new Random(SEED + t);
      futures.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  Race race = Race.values()[random.nextInt(Race.values().length)];
                  Disposable started = race.start(things, random);
                  spin(random.nextInt(20_000));
                  started.dispose();
                }
              }));
    }
    for (Future<?> future : futures) {
      future.get(50, TimeUnit.SECONDS);
    }
    pool.shutdown();
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
