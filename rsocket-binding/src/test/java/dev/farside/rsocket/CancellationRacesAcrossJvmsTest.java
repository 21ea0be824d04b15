package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A caller gives up while the answer, which carries a reference, is on its way: whoever wins, the
 * tables of both JVMs are at their base afterwards.
 */
@Timeout(60)
public class CancellationRacesAcrossJvmsTest {
  private static final int RACES = 10_000;

  /** To repeat a run: {@code -Dfarside.test.seed=...}. */
  private static final long SEED = Long.getLong("farside.test.seed", System.nanoTime());

  private static final long LIMIT_MILLIS = 1;

  /** Gives a new object each time, after so many nanoseconds, and takes one. */
  public interface Things {
    Supplier<Integer> blocking(Supplier<Integer> argument, int nanos);

    Mono<Supplier<Integer>> mono(Supplier<Integer> argument, int nanos);

    CompletableFuture<Supplier<Integer>> future(Supplier<Integer> argument, int nanos);

    @dev.farside.Timeout(LIMIT_MILLIS)
    Supplier<Integer> limited(Supplier<Integer> argument, int nanos);

    @dev.farside.Timeout(LIMIT_MILLIS)
    Mono<Supplier<Integer>> limitedMono(Supplier<Integer> argument, int nanos);
  }

  /** The other JVM. */
  static final class Main implements Things {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(Farside.builder().bind("things", new Main()));
    }

    @Override
    public Supplier<Integer> blocking(Supplier<Integer> argument, int nanos) {
      spin(nanos);
      return () -> nanos;
    }

    @Override
    public Mono<Supplier<Integer>> mono(Supplier<Integer> argument, int nanos) {
      return Mono.fromSupplier(() -> blocking(argument, nanos));
    }

    @Override
    public CompletableFuture<Supplier<Integer>> future(Supplier<Integer> argument, int nanos) {
      return CompletableFuture.supplyAsync(() -> blocking(argument, nanos));
    }

    @Override
    public Supplier<Integer> limited(Supplier<Integer> argument, int nanos) {
      return blocking(argument, nanos);
    }

    @Override
    public Mono<Supplier<Integer>> limitedMono(Supplier<Integer> argument, int nanos) {
      return mono(argument, nanos);
    }
  }

  /** How a caller gives up. */
  private enum Way {
    DISPOSED,
    FUTURE_CANCELLED,
    INTERRUPTED,
    TIMED_OUT,
    MONO_TIMED_OUT
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);
  private final ExecutorService callers = Executors.newSingleThreadExecutor();
  private final Random random = new Random(SEED);
  private final Map<Way, AtomicInteger> answered = counters();
  private final Map<Way, AtomicInteger> givenUp = counters();

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  private static Map<Way, AtomicInteger> counters() {
    var counters = new EnumMap<Way, AtomicInteger>(Way.class);
    for (Way way : Way.values()) {
      counters.put(way, new AtomicInteger());
    }
    return counters;
  }

  @Test
  void tenThousandCallersThatGiveUpWhileTheAnswerComesLeaveNothingBehind() {
    try {
      Things things = jvms.lookup("things", Things.class);
      for (int i = 0; i < RACES; i++) {
        Way way = Way.values()[random.nextInt(Way.values().length)];
        (race(things, way) ? answered : givenUp).get(way).incrementAndGet();
      }
      assertThat(things.blocking(() -> 1, 2).get()).isEqualTo(2);
      for (Way way : Way.values()) {
        assertThat(answered.get(way)).as("answered before %s", way).hasPositiveValue();
        assertThat(givenUp.get(way)).as("%s before the answer", way).hasPositiveValue();
      }
      TwoJvms.assertTablesAtBase(jvms.peer());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "With -Dfarside.test.seed="
              + SEED
              + " (answered "
              + answered
              + ", given up "
              + givenUp
              + ")",
          e);
    }
  }

  /** Whether the answer came first. */
  private boolean race(Things things, Way way) throws Exception {
    int number = random.nextInt();
    Supplier<Integer> argument = () -> number;
    return switch (way) {
      case DISPOSED -> dispose(things.mono(argument, random.nextInt(50_000)));
      case FUTURE_CANCELLED -> cancel(things.future(argument, random.nextInt(50_000)));
      case INTERRUPTED -> interrupt(things, argument);
      case TIMED_OUT -> timeOut(() -> things.limited(argument, soonOrLate()));
      case MONO_TIMED_OUT -> timeOut(() -> things.limitedMono(argument, soonOrLate()).block());
    };
  }

  /** Half of them before the limit. */
  private int soonOrLate() {
    return random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(2 * LIMIT_MILLIS));
  }

  private boolean dispose(Mono<?> mono) {
    var received = new AtomicInteger();
    Disposable started = mono.subscribe(thing -> received.incrementAndGet());
    spin(random.nextInt(500_000));
    started.dispose();
    return received.get() > 0;
  }

  private boolean cancel(CompletableFuture<?> future) {
    spin(random.nextInt(500_000));
    return !future.cancel(true);
  }

  private boolean interrupt(Things things, Supplier<Integer> argument) throws Exception {
    int nanos = random.nextInt(50_000);
    var end = new CompletableFuture<Boolean>();
    Future<?> call =
        callers.submit(
            () -> {
              try {
                end.complete(things.blocking(argument, nanos) != null);
              } catch (CallCancelledException e) {
                end.complete(false);
              } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
              }
            });
    spin(random.nextInt(500_000));
    return call.cancel(true) ? callers.submit(() -> end.getNow(false)).get() : end.get();
  }

  private static boolean timeOut(Supplier<?> call) {
    try {
      return call.get() != null;
    } catch (CallTimeoutException e) {
      return false;
    }
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
