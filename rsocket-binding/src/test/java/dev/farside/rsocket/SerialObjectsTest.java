package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import dev.farside.OneWay;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Objects that carry out one call at a time. */
@Timeout(60)
class SerialObjectsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** Counts without a lock, and how many are in it at once. */
  static class Inside {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void enter() {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void leave() {
      now.decrementAndGet();
    }
  }

  interface Counter {
    int next();

    int nested(IntUnaryOperator callback, int depth);
  }

  interface ReactiveCounter {
    Mono<Integer> next();
  }

  @Serial
  static final class PlainCounter extends Inside implements Counter {
    private int count;

    @Override
    public int next() {
      enter();
      int before = count;
      Thread.onSpinWait();
      count = before + 1;
      leave();
      return count;
    }

    @Override
    public int nested(IntUnaryOperator callback, int depth) {
      return depth == 0 ? next() : callback.applyAsInt(depth - 1);
    }
  }

  @Test
  void callersThatBlockAreServedOneAtATime() throws InterruptedException {
    var counter = new PlainCounter();
    Counter remote = sides.lookup(counter, Counter.class);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(new Thread(() -> IntStream.range(0, 200).forEach(n -> remote.next())));
    }
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(remote.next()).isEqualTo(8 * 200 + 1);
    assertThat(((Inside) counter).most).hasValue(1);
  }

  @Test
  void reactiveCallersAreServedOneAtATimeAndInOrder() {
    var counter = new PlainCounter();
    ReactiveCounter remote = sides.lookup(counter, ReactiveCounter.class);
    List<Integer> numbers =
        Flux.range(0, 2000).flatMapSequential(i -> remote.next(), 64).collectList().block();
    assertThat(numbers).containsExactlyElementsOf(IntStream.rangeClosed(1, 2000).boxed().toList());
    assertThat(((Inside) counter).most).hasValue(1);
  }

  @Test
  void aCallOfTheSameChainIsPartOfTheOneThatRuns() {
    Counter remote = sides.lookup(new PlainCounter(), Counter.class);
    var callback =
        new IntUnaryOperator() {
          @Override
          public int applyAsInt(int depth) {
            return remote.nested(this, depth);
          }
        };
    assertThat(remote.nested(callback, 5)).isEqualTo(1);
    assertThat(remote.next()).isEqualTo(2);
  }

  @Serial
  static final class SlowCounter extends Inside implements ReactiveCounter {
    private int count;

    @Override
    public Mono<Integer> next() {
      return Mono.fromSupplier(this::begin)
          .delayElement(Duration.ofMillis(1))
          .doOnTerminate(this::leave)
          .doOnCancel(this::leave);
    }

    private int begin() {
      enter();
      return ++count;
    }
  }

  @Test
  void aCallLastsUntilItsMonoHasEnded() {
    var counter = new SlowCounter();
    ReactiveCounter remote = sides.lookup(counter, ReactiveCounter.class);
    List<Integer> numbers =
        Flux.range(0, 50).flatMapSequential(i -> remote.next(), 50).collectList().block();
    assertThat(numbers).containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(((Inside) counter).most).hasValue(1);
  }

  @Test
  void aCallThatIsGivenUpLetsTheNextOneBegin() {
    var counter = new SlowCounter();
    ReactiveCounter remote = sides.lookup(counter, ReactiveCounter.class);
    for (int i = 0; i < 20; i++) {
      remote.next().subscribe().dispose();
    }
    assertThat(remote.next().block(Duration.ofSeconds(20))).isPositive();
    assertThat(((Inside) counter).most).hasValue(1);
  }

  /** Told of what happens. */
  public interface Events {
    @OneWay
    void event(int number);
  }

  @Serial
  private static final class SerialEvents implements Events {
    private final List<String> seen = new ArrayList<>();
    private final Runnable asked;

    SerialEvents(Runnable asked) {
      this.asked = asked;
    }

    @Override
    public void event(int number) {
      seen.add("begin " + number);
      asked.run();
      seen.add("end " + number);
    }
  }

  @Test
  void oneWayCallsOfAnObjectThatAsksTheirCallerAreOneAfterTheOther() {
    Runnable nothing = () -> {};
    var events = new SerialEvents(sides.lookup(nothing, Runnable.class));
    Consumer<Events> publish =
        listener -> {
          listener.event(0);
          listener.event(1);
        };
    @SuppressWarnings("unchecked")
    Consumer<Events> publisher = sides.lookup(publish, Consumer.class);
    publisher.accept(events);
    assertThat(events.seen).containsExactly("begin 0", "end 0", "begin 1", "end 1");
  }

  interface Work {
    void stubborn();

    String next();
  }

  /** As a caller sees it that gives up soon. */
  interface HastyWork {
    @dev.farside.Timeout(150)
    void stubborn();

    String next();
  }

  @Serial
  private static final class StubbornWork implements Work {
    private final CountDownLatch longEnough = new CountDownLatch(1);
    private volatile boolean ended;

    @Override
    public void stubborn() {
      boolean waiting = true;
      while (waiting) {
        try {
          longEnough.await();
          waiting = false;
        } catch (InterruptedException e) {
          // goes on
        }
      }
      ended = true;
    }

    @Override
    public String next() {
      return "ended: " + ended;
    }
  }

  @Test
  void theNextCallOfWhoGaveUpBeginsWhenTheCallThatWasGivenUpHasEnded() {
    var work = new StubbornWork();
    HastyWork remote = sides.lookup(work, HastyWork.class);
    assertThatThrownBy(remote::stubborn).isInstanceOf(CallTimeoutException.class);
    Schedulers.parallel().schedule(work.longEnough::countDown, 2, TimeUnit.SECONDS);
    assertThat(remote.next()).isEqualTo("ended: true");
  }

  interface Elements {
    Flux<Integer> flux(IntUnaryOperator each);

    Stream<Integer> stream(IntUnaryOperator each);

    int next();
  }

  @Serial
  private static final class PlainElements implements Elements {
    @Override
    public Flux<Integer> flux(IntUnaryOperator each) {
      return Flux.range(0, 2).map(each::applyAsInt);
    }

    @Override
    public Stream<Integer> stream(IntUnaryOperator each) {
      return Stream.of(0, 1).map(each::applyAsInt);
    }

    @Override
    public int next() {
      return 7;
    }
  }

  @Test
  void whatIsCalledForAnElementIsPartOfTheCallThatGivesIt() {
    Elements elements = sides.lookup(new PlainElements(), Elements.class);
    assertThat(elements.flux(i -> elements.next() + i).collectList().block()).containsExactly(7, 8);
    assertThat(elements.stream(i -> elements.next() + i)).containsExactly(7, 8);
  }

  interface ElementsLater {
    Flux<Integer> flux(IntUnaryOperator each);

    Flux<Integer> stream(IntUnaryOperator each);

    Mono<Integer> next();
  }

  /** Makes its one element, and takes its time when it is interrupted meanwhile. */
  @Serial
  private static final class SlowElements implements Elements {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();

    private int element() {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Schedulers.parallel().schedule(cleaned::countDown, 300, TimeUnit.MILLISECONDS);
        awaitCleaned();
      }
      return ended.incrementAndGet();
    }

    private void awaitCleaned() {
      try {
        cleaned.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Flux<Integer> flux(IntUnaryOperator each) {
      return Flux.generate(sink -> sink.next(element()));
    }

    @Override
    public Stream<Integer> stream(IntUnaryOperator each) {
      return Stream.generate(this::element);
    }

    @Override
    public int next() {
      return ended.get();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextCallBeginsWhenTheElementThatWasBeingMadeForOneThatWasGivenUpIsDone(boolean stream)
      throws InterruptedException {
    var target = new SlowElements();
    ElementsLater elements = sides.lookup(target, ElementsLater.class);
    IntUnaryOperator each = IntUnaryOperator.identity();
    Disposable reading = (stream ? elements.stream(each) : elements.flux(each)).subscribe();
    target.begun.await();
    reading.dispose();
    assertThat(elements.next().block()).isEqualTo(1);
  }

  @Test
  void whoReadsAStreamMayCallItsObject() {
    Elements elements = sides.lookup(new PlainElements(), Elements.class);
    Stream<Integer> stream = elements.stream(IntUnaryOperator.identity());
    assertThat(stream.map(i -> elements.next() + i)).containsExactly(7, 8);
  }

  /** Runs what it is given. */
  public interface Runner {
    void run(Runnable step);
  }

  @Test
  void whatIsCalledForAnElementThroughAThirdSideIsPartOfTheCallThatGivesIt() {
    Elements elements = sides.lookup(new PlainElements(), Elements.class);
    try (Farside third = Farside.create()) {
      Runner plain = Runnable::run;
      third.bind("runner", plain);
      String uri = third.listenNow("tcp://127.0.0.1:0").uri();
      Runner runner = sides.near().connectNow(uri).lookup("runner", Runner.class);
      IntUnaryOperator each =
          i -> {
            var next = new AtomicInteger();
            runner.run(() -> next.set(elements.next()));
            return next.get() + i;
          };
      assertThat(elements.stream(each)).containsExactly(7, 8);
    }
  }

  /** Gives numbers. */
  public interface Source {
    Stream<Integer> stream();
  }

  interface Summing {
    int sum(Source source);

    int next();
  }

  @Serial
  private static final class PlainSumming implements Summing {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public int sum(Source source) {
      int sum = 0;
      try (Stream<Integer> stream = source.stream()) {
        Iterator<Integer> all = stream.iterator();
        for (int read = 1; all.hasNext(); read++) {
          sum += all.next();
          assertThat(asked).as("asked while it computes").hasValue(read);
        }
      }
      return sum;
    }

    @Override
    public int next() {
      return asked.incrementAndGet();
    }
  }

  @Test
  void theSourceOfAStreamThatIsReadCallsOnlyWhileItsReaderWaits() {
    Summing summing = sides.lookup(new PlainSumming(), Summing.class);
    Source source = () -> IntStream.range(0, 20).mapToObj(i -> summing.next());
    assertThat(summing.sum(source)).isEqualTo(210);
  }

  /** Asks, and is asked meanwhile. */
  public interface Asking {
    Mono<Integer> ask(Answering answering);

    Mono<Integer> count();
  }

  /** Answers later. */
  public interface Answering {
    Mono<Integer> answer();
  }

  @Serial
  private static final class PlainAsking implements Asking {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Mono<Integer> ask(Answering answering) {
      return answering.answer().flatMap(i -> answering.answer());
    }

    @Override
    public Mono<Integer> count() {
      return Mono.fromSupplier(count::incrementAndGet);
    }
  }

  @Test
  void whatTheMonoOfACallCallsThroughItsCallerIsPartOfIt() {
    Asking asking = sides.lookup(new PlainAsking(), Asking.class);
    assertThat(asking.ask(asking::count).block()).isEqualTo(2);
    assertThat(asking.count().block()).isEqualTo(3);
  }
}
