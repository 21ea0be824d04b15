package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ByValue;
import dev.farside.Farside;
import dev.farside.LimitExceededException;
import dev.farside.Listener;
import dev.farside.NotPassableException;
import dev.farside.OneWay;
import dev.farside.Peer;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What is rare, and must end all the same. */
@Timeout(60)
class CornersTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int MANY_FRAGMENTS = 20_000_000;

  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP)
          .near(b -> b.maxMessageSize(Integer.MAX_VALUE).callTimeout(Duration.ofDays(365 * 300)))
          .far(b -> b.maxMessageSize(Integer.MAX_VALUE).reactiveOn(Schedulers.boundedElastic()));

  interface Lines {
    Flux<String> lines();
  }

  public interface BlockingLines {
    Stream<String> lines();
  }

  @Test
  void aStreamIsClosedWhoseCallerWasGoneBeforeItsMethodReturned() throws Exception {
    var begun = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    BlockingLines slow =
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            return Stream.of("late").onClose(closed::countDown);
          }
          return Stream.empty();
        };
    Lines lines = sides.lookup(slow, Lines.class);
    lines.lines().subscribe(line -> {}, e -> {});
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    sides.peer().close();
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theLargestMessageSizeTakesLargeMessages() {
    @SuppressWarnings("unchecked")
    UnaryOperator<byte[]> same =
        sides.lookup((UnaryOperator<byte[]>) bytes -> bytes, UnaryOperator.class);
    byte[] bytes = new byte[MANY_FRAGMENTS];
    bytes[MANY_FRAGMENTS - 1] = 1;
    assertThat(same.apply(bytes)).isEqualTo(bytes);
  }

  interface Wrong {
    @OneWay
    int number();
  }

  @Test
  void aOneWayMethodWithAResultIsRefused() {
    Wrong wrong = sides.lookup("text", Wrong.class);
    assertThatThrownBy(wrong::number)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Wrong.number is marked @OneWay, but returns int: nothing comes back; declare void or"
                + " Mono<Void>");
  }

  public interface Lists {
    @ByValue
    Flux<List<String>> lists();
  }

  @Test
  void anErrorOfAnItemEndsItsStream() {
    List<String> bad =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            throw new AssertionError("not this one");
          }

          @Override
          public int size() {
            return 1;
          }
        };
    Lists lists = sides.lookup((Lists) () -> Flux.just(bad), Lists.class);
    assertThatThrownBy(() -> lists.lists().blockLast(LONG))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessageContaining("not this one");
  }

  public interface Staged {
    CompletionStage<?> stage();
  }

  interface ReactiveStaged {
    Mono<String> stage();
  }

  @Test
  void aStageThatIsNoCompletableFutureIsWaitedFor() {
    var done = CompletableFuture.completedFuture("done");
    var stage =
        (CompletionStage<?>)
            Proxy.newProxyInstance(
                CornersTest.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("toCompletableFuture")) {
                    throw new UnsupportedOperationException();
                  }
                  return method.invoke(done, arguments);
                });
    ReactiveStaged staged = sides.lookup((Staged) () -> stage, ReactiveStaged.class);
    assertThat(staged.stage().block(LONG)).isEqualTo("done");
  }

  public interface Counter {
    int slow() throws InterruptedException;

    Mono<Integer> later();

    int quick();
  }

  @Serial
  static final class SerialCounter implements Counter {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public int slow() {
      begun.countDown();
      boolean done = false;
      while (!done) {
        try {
          goOn.await();
          done = true;
        } catch (InterruptedException e) {
          done = false; // as code does that cannot be interrupted
        }
      }
      return 1;
    }

    @Override
    public Mono<Integer> later() {
      return Mono.just(2);
    }

    @Override
    public int quick() {
      return 3;
    }
  }

  interface ReactiveCounter {
    Mono<Integer> slow();

    Mono<Integer> later();
  }

  @RepeatedTest(20)
  void aSerialObjectGoesOnWhenCallersThatWaitForItAreGone() throws Exception {
    var counter = new SerialCounter();
    ReactiveCounter remote = sides.lookup(counter, ReactiveCounter.class);
    sides.far().bind("counter", counter);
    remote.slow().subscribe(n -> {}, e -> {});
    assertThat(counter.begun.await(20, TimeUnit.SECONDS)).isTrue();
    remote.later().subscribe(n -> {}, e -> {});
    sides.peer().close();
    counter.goOn.countDown();
    try (var other = sides.near().connectNow(sides.listener().uri())) {
      assertThat(other.lookup("counter", Counter.class).quick()).isEqualTo(3);
    }
    sides.far().unbind("counter");
  }

  public interface Narrow {
    @OneWay
    void hold();

    Mono<Integer> work();
  }

  public static final class PlainNarrow implements Narrow {
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void hold() {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Mono<Integer> work() {
      return Mono.just(1);
    }
  }

  @Test
  void callsForWhichTheSchedulerHasNoRoomAreRefusedAlsoIfTheyHadToWait() {
    var narrow = new PlainNarrow();
    Scheduler oneTask = Schedulers.newBoundedElastic(1, 1, "narrow");
    try (Farside far = Farside.builder().reactiveOn(oneTask).bind("narrow", narrow).build();
        Listener listener = far.listenNow("tcp://127.0.0.1:0");
        Peer peer = sides.near().connectNow(listener.uri())) {
      Narrow remote = peer.lookup("narrow", Narrow.class);
      remote.hold();
      Mono<List<Object>> all =
          Flux.range(0, 50)
              .flatMapSequential(
                  i -> remote.work().cast(Object.class).onErrorResume(Mono::just), 50)
              .collectList();
      CompletableFuture<List<Object>> answers = all.toFuture();
      narrow.open.countDown();
      assertThat(answers.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join())
          .hasSize(50)
          .contains(1)
          .allSatisfy(
              answer ->
                  assertThat(answer)
                      .satisfiesAnyOf(
                          value -> assertThat(value).isEqualTo(1),
                          e -> assertThat(e).isInstanceOf(LimitExceededException.class)));
    } finally {
      oneTask.dispose();
    }
  }
}
