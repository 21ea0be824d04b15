package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Blocking;
import dev.farside.Farside;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whatever an object does over there, and however slowly its results are taken here, other calls
 * over the same connection are answered meanwhile. There is more of it than processors.
 */
@Timeout(60)
public class ReactorRulesAcrossJvmsTest {
  private static final int MANY = Runtime.getRuntime().availableProcessors() + 1;
  private static final int PINGS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Misbehaves. */
  public interface Troublemaker {
    /** Gives the elements below a limit, and searches on for more without an end. */
    Flux<Integer> search(int limit);

    /** As much as is asked for. */
    Flux<Integer> count();

    /** Waits for its first element. */
    Flux<Integer> await();

    /** How many that waited were interrupted. */
    int interrupted();

    /** Throws when it is subscribed to. */
    Publisher<Integer> refuse();

    /** Gives one element, and throws when more are asked for. */
    Flux<Integer> giveOne();

    Mono<Long> count(Publisher<Integer> numbers);

    /** Never done, and never interrupted. */
    void spin();

    void sleep() throws InterruptedException;

    /** Declares a result that comes later, but blocks before it returns it. */
    @Blocking
    Mono<Integer> sleepThenGive() throws InterruptedException;

    /** Waits for the first element; more are never there. */
    Mono<Integer> firstOf(Publisher<Integer> numbers);

    /** How many are in the middle of what they do. */
    int busy();

    /** Lets all end. */
    void stop();
  }

  /** The same, as a caller sees it that does not wait. */
  public interface AsyncTroublemaker {
    Mono<Void> spin();

    Mono<Void> sleep();

    Mono<Integer> sleepThenGive();
  }

  /** Answers at once. */
  public interface Pinged {
    int ping(int number);

    /** Calls back, on the thread of who calls. */
    int through(IntSupplier back);
  }

  /** A reactive ping runs on the event loop itself. */
  public interface ReactivePinged {
    Mono<Integer> later(int number);

    Flux<Integer> few(int number);
  }

  /** The other JVM. */
  static final class Main implements Troublemaker {
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);

    public static void main(String[] args) throws Exception {
      TwoJvms.serve(
          Farside.builder().bind("troublemaker", new Main()).bind("pinged", new Answers()));
    }

    @Override
    public Flux<Integer> search(int limit) {
      return Flux.range(0, Integer.MAX_VALUE)
          .repeat()
          .doOnSubscribe(s -> busy.incrementAndGet())
          .filter(n -> n < limit && !stopped.get());
    }

    @Override
    public Flux<Integer> count() {
      return Flux.range(0, Integer.MAX_VALUE).doOnSubscribe(s -> busy.incrementAndGet());
    }

    @Override
    public Flux<Integer> await() {
      return Flux.generate(
          sink -> {
            try {
              sleep();
            } catch (InterruptedException e) {
              interrupted.incrementAndGet();
            }
            sink.complete();
          });
    }

    @Override
    public int interrupted() {
      return interrupted.get();
    }

    @Override
    public Publisher<Integer> refuse() {
      return refusing("over there");
    }

    @Override
    public Flux<Integer> giveOne() {
      var given = new AtomicBoolean();
      return Flux.create(
          sink ->
              sink.onRequest(
                  n -> {
                    if (given.getAndSet(true)) {
                      throw new IllegalStateException("no more");
                    }
                    sink.next(1);
                  }));
    }

    @Override
    public Mono<Long> count(Publisher<Integer> numbers) {
      return Flux.from(numbers).count();
    }

    @Override
    public void spin() {
      busy.incrementAndGet();
      while (!stopped.get()) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void sleep() throws InterruptedException {
      busy.incrementAndGet();
      end.await();
    }

    @Override
    public Mono<Integer> sleepThenGive() throws InterruptedException {
      sleep();
      return Mono.just(1);
    }

    @Override
    public Mono<Integer> firstOf(Publisher<Integer> numbers) {
      return Flux.from(numbers).doOnNext(n -> busy.incrementAndGet()).elementAt(1);
    }

    @Override
    public int busy() {
      return busy.get();
    }

    @Override
    public void stop() {
      stopped.set(true);
      end.countDown();
    }
  }

  /** Both faces of the pinged object. */
  static final class Answers implements Pinged, ReactivePinged {
    @Override
    public int ping(int number) {
      return number;
    }

    @Override
    public int through(IntSupplier back) {
      return back.getAsInt();
    }

    @Override
    public Mono<Integer> later(int number) {
      return Mono.just(number);
    }

    @Override
    public Flux<Integer> few(int number) {
      return Flux.range(number, 3);
    }
  }

  private static Publisher<Integer> refusing(String message) {
    return subscriber -> {
      throw new IllegalStateException(message);
    };
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);
  private final Disposable.Composite running = Disposables.composite();

  private Troublemaker troublemaker() {
    return jvms.lookup("troublemaker", Troublemaker.class);
  }

  private AsyncTroublemaker async() {
    return jvms.lookup("troublemaker", AsyncTroublemaker.class);
  }

  @AfterEach
  void end() {
    running.dispose();
    troublemaker().stop();
  }

  private void awaitBusy(int many) {
    while (troublemaker().busy() < many) {
      Thread.onSpinWait();
    }
  }

  /** Of each kind: blocking, with a callback, reactive, and a stream. */
  private void assertAnswersCome() {
    Pinged pinged = jvms.lookup("pinged", Pinged.class);
    ReactivePinged reactive = jvms.lookup("pinged", ReactivePinged.class);
    for (int i = 0; i < PINGS; i++) {
      int number = i;
      assertThat(pinged.ping(number)).isEqualTo(number);
      assertThat(pinged.through(() -> number)).isEqualTo(number);
      assertThat(reactive.later(number).block(PATIENCE)).isEqualTo(number);
      assertThat(reactive.few(number).collectList().block(PATIENCE))
          .containsExactly(number, number + 1, number + 2);
    }
  }

  @Test
  void besideSourcesThatSearchWithoutAnEnd() {
    for (int i = 0; i < MANY; i++) {
      running.add(troublemaker().search(0).subscribe());
    }
    awaitBusy(MANY);
    assertAnswersCome();
  }

  @Test
  void whatASourceGaveBeforeItSearchesWithoutAnEndArrives() {
    List<Integer> heard = troublemaker().search(3).take(3).collectList().block(PATIENCE);
    assertThat(heard).containsExactly(0, 1, 2);
    assertAnswersCome();
  }

  @Test
  void besideArgumentsThatSearchWithoutAnEnd() {
    var arguments = new AtomicInteger();
    for (int i = 0; i < MANY; i++) {
      Flux<Integer> one =
          Flux.range(0, Integer.MAX_VALUE)
              .repeat()
              .filter(n -> n == 0 && arguments.incrementAndGet() <= MANY);
      running.add(troublemaker().firstOf(one).subscribe());
    }
    awaitBusy(1);
    assertAnswersCome();
  }

  @Test
  void aSourceThatWaitsIsInterruptedWhenItIsGivenUp() {
    var waiting = Disposables.composite();
    for (int i = 0; i < MANY; i++) {
      waiting.add(troublemaker().await().subscribe());
    }
    awaitBusy(MANY);
    assertAnswersCome();
    waiting.dispose();
    while (troublemaker().interrupted() < MANY) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPublisherThatThrowsFailsAtItsSubscriber() {
    assertThatThrownBy(() -> Flux.from(troublemaker().refuse()).blockLast(PATIENCE))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("over there");
    assertThatThrownBy(() -> troublemaker().count(refusing("over here")).block(PATIENCE))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("over here");
    assertThatThrownBy(() -> troublemaker().giveOne().limitRate(1).blockLast(PATIENCE))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no more");
    assertAnswersCome();
  }

  @Test
  void besideSubscribersThatTakeOneElementAndNoMore() {
    for (int i = 0; i < MANY; i++) {
      var slow =
          new BaseSubscriber<Integer>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
              subscription.request(1);
            }
          };
      running.add(slow);
      troublemaker().count().subscribe(slow);
    }
    awaitBusy(MANY);
    assertAnswersCome();
  }

  @Test
  void besideMethodsThatSpin() {
    for (int i = 0; i < MANY; i++) {
      running.add(async().spin().subscribe());
    }
    awaitBusy(MANY);
    assertAnswersCome();
  }

  @Test
  void besideMethodsThatSleep() {
    var given = new CopyOnWriteArrayList<Integer>();
    var ended = new CountDownLatch(MANY);
    for (int i = 0; i < MANY; i++) {
      running.add(async().sleep().subscribe());
      running.add(
          async()
              .sleepThenGive()
              .doOnNext(given::add)
              .doFinally(s -> ended.countDown())
              .subscribe());
    }
    awaitBusy(2 * MANY);
    assertAnswersCome();
    troublemaker().stop();
    assertThat(await(ended)).isTrue();
    assertThat(given).hasSize(MANY).containsOnly(1);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
