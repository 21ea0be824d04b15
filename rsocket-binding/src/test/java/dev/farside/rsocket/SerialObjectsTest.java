package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
}
