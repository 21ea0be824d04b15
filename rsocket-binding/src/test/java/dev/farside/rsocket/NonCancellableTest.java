package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.Blocking;
import dev.farside.Farside;
import dev.farside.NonCancellable;
import dev.farside.Peer;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** What is not to be cancelled runs to its end, whoever gives it up, and holds up nobody else. */
@Timeout(60)
public class NonCancellableTest {
  private static final int ITEMS = 3_000;

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** What the caller may have, in every form. */
  public interface Work {
    int blocking();

    Mono<Integer> mono();

    Flux<Supplier<Integer>> flux();

    Stream<Supplier<Integer>> stream();

    Flux<Integer> sum(Flux<Integer> numbers);

    Flux<Integer> never();
  }

  /** Goes on when it is told to; each form counts what it has done. */
  @NonCancellable
  public static final class PatientWork implements Work {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicBoolean interrupted = new AtomicBoolean();
    final AtomicInteger done = new AtomicInteger();

    private void step() {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
    }

    private Supplier<Integer> item(int i) {
      done.incrementAndGet();
      return () -> i;
    }

    @Override
    public int blocking() {
      step();
      done.addAndGet(ITEMS);
      ended.countDown();
      return 1;
    }

    @Override
    @Blocking
    public Mono<Integer> mono() {
      step();
      return Mono.fromSupplier(() -> done.addAndGet(ITEMS)).doFinally(end -> ended.countDown());
    }

    @Override
    public Flux<Supplier<Integer>> flux() {
      return Flux.range(0, ITEMS)
          .doOnNext(i -> step())
          .map(this::item)
          .doFinally(end -> ended.countDown());
    }

    @Override
    public Stream<Supplier<Integer>> stream() {
      step();
      return IntStream.range(0, ITEMS).mapToObj(this::item).onClose(ended::countDown);
    }

    @Override
    @Blocking
    public Flux<Integer> sum(Flux<Integer> numbers) {
      step();
      return numbers
          .reduce(0, Integer::sum)
          .doOnNext(done::set)
          .flux()
          .doFinally(end -> ended.countDown());
    }

    @Override
    public Flux<Integer> never() {
      begun.countDown();
      return Flux.<Integer>never().doOnCancel(() -> interrupted.set(true));
    }
  }

  private final PatientWork work = new PatientWork();

  private static void awaited(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** How a caller has begun it. */
  enum Form {
    BLOCKING {
      @Override
      Disposable begin(Work work) {
        return onThread(work::blocking);
      }
    },
    MONO {
      @Override
      Disposable begin(Work work) {
        return work.mono().subscribe(done -> {}, e -> {});
      }
    },
    FLUX {
      @Override
      Disposable begin(Work work) {
        return work.flux().subscribe(done -> {}, e -> {});
      }
    },
    FIRST_OF_A_FLUX {
      @Override
      Disposable begin(Work work) {
        return work.flux().subscribeWith(new OfOne());
      }
    },
    STREAM {
      @Override
      Disposable begin(Work work) {
        return onThread(
            () -> {
              try (Stream<Supplier<Integer>> stream = work.stream()) {
                return stream.count();
              }
            });
      }
    };

    abstract Disposable begin(Work work);

    private static Disposable onThread(Callable<?> call) {
      return Mono.fromCallable(call)
          .subscribeOn(Schedulers.boundedElastic())
          .subscribe(done -> {}, e -> {});
    }
  }

  /** Wants one item. */
  private static final class OfOne extends BaseSubscriber<Object> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    protected void hookOnError(Throwable thrown) {}
  }

  private void assertRunsToItsEnd() throws InterruptedException {
    work.goOn.countDown();
    awaited(work.ended);
    assertThat(work.done).hasValue(ITEMS);
    assertThat(work.interrupted).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatItsCallerGivesUpRunsToItsEnd(Form form) throws Exception {
    Disposable begun = form.begin(sides.lookup(work, Work.class));
    awaited(work.begun);
    begun.dispose();
    assertRunsToItsEnd();
    sides.assertTablesAtBase();
  }

  @ParameterizedTest
  @EnumSource
  void whatLosesItsCallerRunsToItsEnd(Form form) throws Exception {
    Disposable begun = form.begin(sides.lookup(work, Work.class));
    awaited(work.begun);
    sides.peer().close();
    sides.peerOfFar().onClose().block();
    assertRunsToItsEnd();
    begun.dispose();
  }

  @Test
  void whatIsGivenUpInTheMiddleRunsToItsEnd() throws Exception {
    work.goOn.countDown();
    Work remote = sides.lookup(work, Work.class);
    assertThat(remote.flux().take(3).count().block()).isEqualTo(3);
    assertRunsToItsEnd();
  }

  @Test
  void aStreamThatIsClosedAtOnceRunsToItsEnd() throws Exception {
    work.goOn.countDown();
    sides.lookup(work, Work.class).stream().close();
    assertRunsToItsEnd();
  }

  @Test
  void aCallerThatGaveUpDoesNotWaitForTheEnd() throws Exception {
    Disposable never = sides.lookup(work, Work.class).never().subscribe();
    awaited(work.begun);
    assertThat(sides.peer().stats().pendingCalls()).isEqualTo(1);
    never.dispose();
    await().until(() -> sides.peer().stats().pendingCalls() == 0);
    assertThat(work.interrupted).isFalse();
  }

  @Test
  void itStillReadsItsPublisherArgument() throws Exception {
    Flux<Integer> ones = Flux.range(0, ITEMS).map(i -> 1);
    Disposable sum = sides.lookup(work, Work.class).sum(ones).subscribe();
    awaited(work.begun);
    sum.dispose();
    await().until(() -> sides.peer().stats().pendingCalls() == 0);
    assertRunsToItsEnd();
  }

  /** Does one thing at a time, each until it is told that it has ended. */
  public interface OneAtATime {
    Mono<Integer> mono(int number);

    Flux<Integer> flux(int number);
  }

  /** Counts how many have begun. */
  @Serial
  @NonCancellable
  public static final class SerialWork implements OneAtATime {
    private final AtomicInteger begun = new AtomicInteger();
    private final Sinks.Empty<Integer> first = Sinks.empty();

    @Override
    public Mono<Integer> mono(int number) {
      begun.incrementAndGet();
      return number == 1 ? first.asMono() : Mono.just(number);
    }

    @Override
    public Flux<Integer> flux(int number) {
      return mono(number).flux();
    }
  }

  @Test
  void theNextCallOfASerialObjectBeginsAfterItsEnd() throws Exception {
    var serial = new SerialWork();
    OneAtATime remote = sides.lookup(serial, OneAtATime.class);
    Disposable first = remote.flux(1).subscribe();
    await().until(() -> serial.begun.get() == 1);
    first.dispose();
    await().until(() -> sides.peer().stats().pendingCalls() == 0);
    CompletableFuture<Integer> second = remote.flux(2).single().toFuture();
    assertThat(sides.peer().names()).isNotEmpty(); // so the second has come in
    assertThat(serial.begun).hasValue(1);
    serial.first.tryEmitEmpty().orThrow();
    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherCallerOfASerialObjectWaitsForWhatLostItsOwn(boolean single) throws Exception {
    var serial = new SerialWork();
    OneAtATime remote = sides.lookup(serial, OneAtATime.class);
    Publisher<Integer> first = single ? remote.mono(1) : remote.flux(1);
    Disposable begun = Flux.from(first).subscribe(done -> {}, e -> {});
    await().until(() -> serial.begun.get() == 1);
    try (Farside other = Farside.create()) {
      sides.far().bind("serial", serial);
      Peer peer = other.connectNow(sides.listener().uri());
      OneAtATime again = peer.lookup("serial", OneAtATime.class);
      sides.peer().close();
      sides.peerOfFar().onClose().block();
      CompletableFuture<Integer> second = again.mono(2).toFuture();
      assertThat(peer.names()).contains("serial"); // so the second has come in
      assertThat(serial.begun).hasValue(1);
      serial.first.tryEmitEmpty().orThrow();
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    }
    begun.dispose();
  }
}
