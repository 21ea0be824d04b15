package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A caller gives up while the answer, which carries a reference, is on its way: whoever wins, who
 * gets an answer gets its own, and the tables of both JVMs are at their base afterwards.
 */
@Timeout(120)
public class CancellationRacesAcrossJvmsTest {
  private static final int RACES = 10_000;

  /** To repeat a run: {@code -Dfarside.test.seed=...}. */
  private static final long SEED = Long.getLong("farside.test.seed", System.nanoTime());

  private static final int MAX_WORK = 50_000;

  private static final int FIRST_PAUSE = 300_000;
  private static final int MIN_PAUSE = 1_000;
  private static final int MAX_PAUSE = 1_000_000;

  private static final long LIMIT_MILLIS = 1;

  /** A new object, and the number of the call that it answers. */
  public record Thing(int number, Supplier<Integer> object) {}

  /** Gives a new thing each time, after so many nanoseconds, and takes an object. */
  public interface Things {
    Thing blocking(int number, Supplier<Integer> argument, int nanos);

    Mono<Thing> mono(int number, Supplier<Integer> argument, int nanos);

    CompletableFuture<Thing> future(int number, Supplier<Integer> argument, int nanos);

    @dev.farside.Timeout(LIMIT_MILLIS)
    Thing limited(int number, Supplier<Integer> argument, int nanos);

    @dev.farside.Timeout(LIMIT_MILLIS)
    Mono<Thing> limitedMono(int number, Supplier<Integer> argument, int nanos);
  }

  /** The other JVM. */
  static final class Main implements Things {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(Farside.builder().bind("things", new Main()));
    }

    @Override
    public Thing blocking(int number, Supplier<Integer> argument, int nanos) {
      spin(nanos);
      return new Thing(number, () -> nanos);
    }

    @Override
    public Mono<Thing> mono(int number, Supplier<Integer> argument, int nanos) {
      return Mono.fromSupplier(() -> blocking(number, argument, nanos));
    }

    @Override
    public CompletableFuture<Thing> future(int number, Supplier<Integer> argument, int nanos) {
      return CompletableFuture.supplyAsync(() -> blocking(number, argument, nanos));
    }

    @Override
    public Thing limited(int number, Supplier<Integer> argument, int nanos) {
      return blocking(number, argument, nanos);
    }

    @Override
    public Mono<Thing> limitedMono(int number, Supplier<Integer> argument, int nanos) {
      return mono(number, argument, nanos);
    }
  }

  /** How a caller gives up. */
  private enum Way {
    DISPOSED,
    FUTURE_CANCELLED,
    INTERRUPTED,
    TIMED_OUT,
    MONO_TIMED_OUT;

    /** Timeouts are the fewest: each takes a millisecond. */
    static Way any(Random random) {
      return switch (random.nextInt(10)) {
        case 0 -> TIMED_OUT;
        case 1 -> MONO_TIMED_OUT;
        case 2, 3, 4 -> INTERRUPTED;
        case 5, 6 -> FUTURE_CANCELLED;
        default -> DISPOSED;
      };
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);
  private final ExecutorService callers = Executors.newSingleThreadExecutor();
  private final Random random = new Random(SEED);
  private final Map<Way, Integer> pauses = new EnumMap<>(Way.class);
  private final Map<Way, AtomicInteger> answered = counters();
  private final Map<Way, AtomicInteger> givenUp = counters();
  private final Queue<String> ofOthers = new ConcurrentLinkedQueue<>();

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
  void tenThousandCallersThatGiveUpWhileTheAnswerComesGetTheirOwnOrNoneAndLeaveNothingBehind() {
    for (Way way : Way.values()) {
      pauses.put(way, FIRST_PAUSE);
    }
    try {
      Things things = jvms.lookup("things", Things.class);
      for (int i = 0; i < RACES; i++) {
        Way way = Way.any(random);
        boolean first = race(things, way, i);
        (first ? answered : givenUp).get(way).incrementAndGet();
        adapt(way, first);
      }
      assertThat(things.blocking(1, () -> 1, 2).object().get()).isEqualTo(2);
      for (Way way : Way.values()) {
        assertThat(answered.get(way)).as("answered before %s", way).hasPositiveValue();
        assertThat(givenUp.get(way)).as("%s before the answer", way).hasPositiveValue();
      }
      assertThat(ofOthers).isEmpty();
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
  private boolean race(Things things, Way way, int number) throws Exception {
    int work = random.nextInt(MAX_WORK);
    Supplier<Integer> argument = () -> number;
    return switch (way) {
      case DISPOSED -> dispose(things.mono(number, argument, work), number);
      case FUTURE_CANCELLED -> cancel(things.future(number, argument, work), number);
      case INTERRUPTED -> interrupt(() -> things.blocking(number, argument, work), number);
      case TIMED_OUT -> timeOut(() -> things.limited(number, argument, pause(way)), number);
      case MONO_TIMED_OUT ->
          timeOut(() -> things.limitedMono(number, argument, pause(way)).block(), number);
    };
  }

  /** Whoever hears it, and however late. */
  private void heard(Thing answer, int number) {
    if (answer.number() != number) {
      ofOthers.add(number + " heard " + answer.number());
    }
  }

  /** So long at most a caller waits, or the method works if the limit is given. */
  private int pause(Way way) {
    return random.nextInt(pauses.get(way));
  }

  /** So that either wins about as often as the other, however busy the machine is. */
  private void adapt(Way way, boolean answerWasFirst) {
    boolean limited = way == Way.TIMED_OUT || way == Way.MONO_TIMED_OUT;
    int pause = pauses.get(way);
    int changed = answerWasFirst == limited ? pause + pause / 50 : pause - pause / 50;
    pauses.put(way, Math.max(MIN_PAUSE, Math.min(changed, MAX_PAUSE)));
  }

  private boolean dispose(Mono<Thing> mono, int number) {
    var received = new AtomicInteger();
    Disposable started =
        mono.subscribe(
            thing -> {
              received.incrementAndGet();
              heard(thing, number);
            });
    spin(pause(Way.DISPOSED));
    started.dispose();
    return received.get() > 0;
  }

  private boolean cancel(CompletableFuture<Thing> future, int number) {
    spin(pause(Way.FUTURE_CANCELLED));
    boolean first = !future.cancel(true);
    if (first) {
      heard(future.join(), number);
    }
    return first;
  }

  private boolean interrupt(Supplier<Thing> made, int number) throws Exception {
    var end = new CompletableFuture<Boolean>();
    Future<?> call =
        callers.submit(
            () -> {
              try {
                heard(made.get(), number);
                end.complete(true);
              } catch (CallCancelledException e) {
                end.complete(false);
              } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
              }
            });
    spin(pause(Way.INTERRUPTED));
    return call.cancel(true) ? callers.submit(() -> end.getNow(false)).get() : end.get();
  }

  private boolean timeOut(Supplier<Thing> call, int number) {
    try {
      heard(call.get(), number);
      return true;
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
