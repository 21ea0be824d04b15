package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.farside.NotPassableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Publishers as results and as arguments: no more items leave than were asked for. */
@Timeout(60)
public class BackPressureTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Gives and takes publishers. */
  public interface Pipes {
    Flux<Integer> count();

    Mono<Long> sum(Flux<Integer> numbers);

    void consume(Flux<Integer> numbers);

    Mono<Void> consumeLater(Flux<Integer> numbers);

    long sumNow(Flux<Integer> numbers);

    Flux<Integer> twice(Flux<Integer> numbers);

    Flux<Integer> merge(Flux<Integer> first, Flux<Integer> second);

    Mono<Long> sumOfMono(Mono<Integer> number);

    Mono<Long> sumOfFuture(CompletableFuture<Integer> number);

    Mono<Long> sumOfFlow(Flow.Publisher<Integer> numbers);

    Mono<Long> sumOfBatch(Batch batch);

    Mono<Long> sumOfList(List<Flux<Integer>> lists);

    Flux<Flux<Integer>> split(Flux<Integer> numbers);
  }

  /** A value with a publisher inside. */
  public record Batch(String name, Flux<Integer> numbers) {}

  /** Counts what leaves it. */
  public static class CountingPipes implements Pipes {
    final AtomicInteger produced = new AtomicInteger();
    final AtomicInteger consumed = new AtomicInteger();
    final AtomicBoolean cancelled = new AtomicBoolean();
    private final Flux<Integer> source;

    CountingPipes(Flux<Integer> source) {
      this.source = source;
    }

    @Override
    public Flux<Integer> count() {
      return source.doOnNext(i -> produced.incrementAndGet()).doOnCancel(() -> cancelled.set(true));
    }

    @Override
    public Mono<Long> sum(Flux<Integer> numbers) {
      return numbers.doOnNext(n -> consumed.incrementAndGet()).reduce(0L, Long::sum);
    }

    @Override
    public void consume(Flux<Integer> numbers) {
      numbers.doOnNext(n -> consumed.incrementAndGet()).blockLast();
    }

    @Override
    public Mono<Void> consumeLater(Flux<Integer> numbers) {
      return sum(numbers).then();
    }

    @Override
    public long sumNow(Flux<Integer> numbers) {
      return numbers.reduce(0L, Long::sum).blockOptional().orElseThrow();
    }

    @Override
    public Flux<Integer> twice(Flux<Integer> numbers) {
      return numbers.doOnNext(n -> consumed.incrementAndGet()).map(n -> 2 * n);
    }

    @Override
    public Flux<Integer> merge(Flux<Integer> first, Flux<Integer> second) {
      return Flux.zip(first, second, Integer::sum);
    }

    @Override
    public Mono<Long> sumOfMono(Mono<Integer> number) {
      return number.map(n -> (long) n);
    }

    @Override
    public Mono<Long> sumOfFuture(CompletableFuture<Integer> number) {
      return Mono.fromFuture(number).map(n -> (long) n);
    }

    @Override
    public Mono<Long> sumOfFlow(Flow.Publisher<Integer> numbers) {
      return sum(JdkFlowAdapter.flowPublisherToFlux(numbers));
    }

    @Override
    public Mono<Long> sumOfBatch(Batch batch) {
      return sum(batch.numbers());
    }

    @Override
    public Mono<Long> sumOfList(List<Flux<Integer>> lists) {
      return sum(Flux.concat(lists));
    }

    @Override
    public Flux<Flux<Integer>> split(Flux<Integer> numbers) {
      return numbers.map(n -> Flux.range(0, n));
    }
  }

  private static CountingPipes counting(int items) {
    return new CountingPipes(Flux.range(0, items));
  }

  private Pipes pipes() {
    return sides.lookup(counting(0), Pipes.class);
  }

  private static long sumBelow(long n) {
    return n * (n - 1) / 2;
  }

  /** Requests what it is told. */
  private static final class Taker extends BaseSubscriber<Object> {
    private final List<Object> taken = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(Object item) {
      taken.add(item);
      count.incrementAndGet();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100_000})
  void allItemsOfAResultArriveInOrder(int items) {
    Pipes pipes = sides.lookup(counting(items), Pipes.class);
    List<Integer> arrived = pipes.count().collectList().block();
    assertThat(arrived).hasSize(items).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100_000})
  void allItemsOfAnArgumentArrive(int items) {
    assertThat(pipes().sum(Flux.range(0, items)).block()).isEqualTo(sumBelow(items));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100_000})
  void allItemsOfAnArgumentArriveAtABlockingMethod(int items) {
    assertThat(pipes().sumNow(Flux.range(0, items))).isEqualTo(sumBelow(items));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100_000})
  void itemsGoInAndOutOnOneChannel(int items) {
    StepVerifier.create(pipes().twice(Flux.range(0, items)).reduce(0L, Long::sum))
        .expectNext(2 * sumBelow(items))
        .verifyComplete();
  }

  @Test
  void aMethodWithoutResultConsumesItsArgument() {
    CountingPipes there = counting(0);
    Pipes pipes = sides.lookup(there, Pipes.class);
    pipes.consume(Flux.range(0, 1000));
    assertThat(there.consumed).hasValue(1000);
    StepVerifier.create(pipes.consumeLater(Flux.range(0, 1000))).verifyComplete();
    assertThat(there.consumed).hasValue(2000);
  }

  @Test
  void takeLetsNoMoreBeProducedThanItTakes() {
    CountingPipes there = counting(1_000_000);
    Pipes pipes = sides.lookup(there, Pipes.class);
    StepVerifier.create(pipes.count().take(3)).expectNext(0, 1, 2).verifyComplete();
    await().untilTrue(there.cancelled);
    assertThat(there.produced).hasValue(3);
  }

  @Test
  void noMoreIsProducedThanWasRequested() {
    CountingPipes there = counting(1_000_000);
    Pipes pipes = sides.lookup(there, Pipes.class);
    var taker = new Taker();
    pipes.count().subscribe(taker);
    long requested = 0;
    for (int n : new int[] {1, 2, 100, 3000, 1}) {
      taker.request(n);
      requested += n;
      await().untilAtomic(taker.count, is((int) requested));
      assertThat(there.produced).hasValue((int) requested);
    }
    taker.cancel();
    await().untilTrue(there.cancelled);
    assertThat(there.produced).hasValue((int) requested);
  }

  @Test
  void aSlowConsumerBoundsWhatIsProduced() {
    CountingPipes there = counting(1_000_000);
    Pipes pipes = sides.lookup(there, Pipes.class);
    var most = new AtomicInteger();
    var consumed = new AtomicInteger();
    pipes
        .count()
        .publishOn(Schedulers.boundedElastic(), 32)
        .take(2000)
        .doOnNext(
            i ->
                most.accumulateAndGet(there.produced.get() - consumed.incrementAndGet(), Math::max))
        .blockLast();
    assertThat(most.get()).isLessThanOrEqualTo(32);
  }

  @Test
  void aConsumerThatTakesAllAtItsOwnPaceHoldsNoMoreThanAWindow() {
    CountingPipes there = counting(1_000_000);
    Pipes pipes = sides.lookup(there, Pipes.class);
    var most = new AtomicInteger();
    var consumed = new AtomicInteger();
    var subscriber =
        new BaseSubscriber<Integer>() {
          @Override
          protected void hookOnNext(Integer item) {
            most.accumulateAndGet(there.produced.get() - consumed.incrementAndGet(), Math::max);
            if (consumed.get() == 20_000) {
              cancel();
            }
          }
        };
    pipes.count().subscribe(subscriber);
    await().untilTrue(there.cancelled);
    assertThat(most.get()).isLessThanOrEqualTo(2 * 1024);
  }

  @Test
  void aSlowCalleeBoundsWhatItsCallerProduces() {
    var produced = new AtomicInteger();
    Flux<Integer> numbers = Flux.range(0, 1_000_000).doOnNext(i -> produced.incrementAndGet());
    var most = new AtomicInteger();
    var consumed = new AtomicInteger();
    Consuming slow =
        argument ->
            argument
                .publishOn(Schedulers.boundedElastic(), 32)
                .take(2000)
                .doOnNext(
                    i ->
                        most.accumulateAndGet(
                            produced.get() - consumed.incrementAndGet(), Math::max))
                .then();
    Consuming remote = sides.lookup(slow, Consuming.class);
    StepVerifier.create(remote.consume(numbers)).verifyComplete();
    assertThat(most.get()).isLessThanOrEqualTo(32);
  }

  /** Takes a publisher. */
  public interface Consuming {
    Mono<Void> consume(Flux<Integer> numbers);
  }

  @Test
  void aCalleeThatTakesThreeLetsNoMoreBeProducedAndCancelsTheRest() {
    var produced = new AtomicInteger();
    var cancelled = new AtomicBoolean();
    Flux<Integer> numbers =
        Flux.range(0, 1_000_000)
            .doOnNext(i -> produced.incrementAndGet())
            .doOnCancel(() -> cancelled.set(true));
    Consuming remote = sides.lookup((Consuming) a -> a.take(3).then(), Consuming.class);
    StepVerifier.create(remote.consume(numbers)).verifyComplete();
    await().untilTrue(cancelled);
    assertThat(produced).hasValue(3);
  }

  @Test
  void demandPassesThroughAChannelBothWays() {
    var produced = new AtomicInteger();
    var cancelled = new AtomicBoolean();
    Flux<Integer> numbers =
        Flux.range(0, 1_000_000)
            .doOnNext(i -> produced.incrementAndGet())
            .doOnCancel(() -> cancelled.set(true));
    StepVerifier.create(pipes().twice(numbers).take(3)).expectNext(0, 2, 4).verifyComplete();
    await().untilTrue(cancelled);
    assertThat(produced).hasValue(3);
  }

  @Test
  void cancellingACallCancelsItsPublisherArgument() {
    var cancelled = new AtomicBoolean();
    Flux<Integer> numbers = Flux.<Integer>never().doOnCancel(() -> cancelled.set(true));
    StepVerifier.create(pipes().sum(numbers))
        .expectSubscription()
        .then(() -> await().until(() -> sides.peer().stats().pendingCalls() == 1))
        .thenCancel()
        .verify();
    await().untilTrue(cancelled);
  }

  @Test
  void aPublisherThatNeverEmitsIsCancelledAtItsOwner() {
    var there = new CountingPipes(Flux.never());
    Pipes pipes = sides.lookup(there, Pipes.class);
    var taker = new Taker();
    pipes.count().subscribe(taker);
    taker.request(1);
    await().until(() -> sides.peer().stats().requestsSent() > 0);
    taker.cancel();
    await().untilAsserted(() -> assertThat(sides.peer().stats().pendingCalls()).isZero());
  }

  @Test
  void whatIsCancelledInOnSubscribeIsNotCalled() {
    var there = new CountingPipes(Flux.never());
    Pipes pipes = sides.lookup(there, Pipes.class);
    for (int i = 0; i < 100; i++) {
      pipes
          .count()
          .subscribe(
              new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                  subscription.cancel();
                }
              });
    }
    StepVerifier.create(pipes.count().take(0)).verifyComplete();
    await().untilAsserted(() -> assertThat(sides.peer().stats().pendingCalls()).isZero());
    assertThat(there.produced).hasValue(0);
  }

  @Test
  void theItemsBeforeAFailureArriveBeforeIt() {
    Flux<Integer> failing =
        Flux.range(0, 1000).concatWith(Flux.error(new IllegalStateException("in the middle")));
    Pipes pipes = sides.lookup(new CountingPipes(failing), Pipes.class);
    StepVerifier.create(pipes.count())
        .expectNextCount(1000)
        .verifyErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("in the middle"));
  }

  @Test
  void aFailureNeedsNoDemand() {
    Pipes pipes =
        sides.lookup(
            new CountingPipes(Flux.error(new IllegalStateException("at once"))), Pipes.class);
    StepVerifier.create(pipes.count(), 0).verifyErrorMessage("at once");
  }

  @Test
  void aFailureOfAnArgumentReachesTheCalleeAfterTheItemsBeforeIt() {
    var seen = new AtomicInteger();
    Consuming remote =
        sides.lookup(
            (Consuming) a -> a.doOnNext(i -> seen.incrementAndGet()).then(), Consuming.class);
    var failure = new IllegalStateException("mine");
    assertThatThrownBy(
            () -> remote.consume(Flux.range(0, 7).concatWith(Flux.error(failure))).block())
        .isSameAs(failure);
    assertThat(seen).hasValue(7);
  }

  @Test
  void anArgumentThatIsNotUsedIsCancelledAndTheCallAnswered() {
    var subscribed = new AtomicInteger();
    var ended = new AtomicInteger();
    Flux<Integer> numbers =
        Flux.<Integer>never()
            .doOnSubscribe(s -> subscribed.incrementAndGet())
            .doFinally(end -> ended.incrementAndGet());
    Consuming remote = sides.lookup((Consuming) a -> Mono.empty(), Consuming.class);
    StepVerifier.create(remote.consume(numbers)).verifyComplete();
    await().untilAsserted(() -> assertThat(ended).hasValue(subscribed.get()));
  }

  @Test
  void anArgumentCanBeSubscribedToOnce() {
    Consuming remote = sides.lookup((Consuming) a -> a.then().then(a.then()), Consuming.class);
    StepVerifier.create(remote.consume(Flux.range(0, 3)))
        .verifyErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                        "A publisher argument can be subscribed to once, while its call goes on;"
                            + " share() it"));
  }

  @Test
  void anArgumentThatIsNullStaysNull() {
    Consuming remote =
        sides.lookup(
            (Consuming) a -> a == null ? Mono.empty() : Mono.error(new AssertionError(a)),
            Consuming.class);
    StepVerifier.create(remote.consume(null)).verifyComplete();
  }

  @Test
  void twoPublisherArgumentsFlowAtTheSameTime() {
    StepVerifier.create(
            pipes().merge(Flux.range(0, 10_000), Flux.range(0, 10_000)).reduce(0L, Long::sum))
        .expectNext(2 * sumBelow(10_000))
        .verifyComplete();
  }

  @Test
  void cancellingAMergeCancelsBothItsArguments() {
    var cancelled = new AtomicInteger();
    Flux<Integer> numbers = Flux.<Integer>never().doOnCancel(cancelled::incrementAndGet);
    Pipes pipes = pipes();
    var taker = new Taker();
    pipes.merge(numbers, numbers).subscribe(taker);
    taker.request(1);
    // ours, and the second publisher, which is subscribed to from there
    await().until(() -> sides.peerOfFar().stats().pendingCalls() == 1);
    taker.cancel();
    await().untilAtomic(cancelled, is(2));
  }

  @Test
  void singleValuedArgumentsAreSubscribedToFromThere() {
    Pipes pipes = pipes();
    StepVerifier.create(pipes.sumOfMono(Mono.just(3))).expectNext(3L).verifyComplete();
    StepVerifier.create(pipes.sumOfMono(Mono.empty())).verifyComplete();
    StepVerifier.create(pipes.sumOfMono(Mono.error(new IllegalStateException("no"))))
        .verifyErrorMessage("no");
    StepVerifier.create(pipes.sumOfFuture(CompletableFuture.completedFuture(4)))
        .expectNext(4L)
        .verifyComplete();
    StepVerifier.create(
            pipes.sumOfFuture(CompletableFuture.failedFuture(new IllegalStateException("no"))))
        .verifyErrorMessage("no");
    StepVerifier.create(
            pipes.sumOfFlow(JdkFlowAdapter.publisherToFlowPublisher(Flux.range(0, 100))))
        .expectNext(sumBelow(100))
        .verifyComplete();
  }

  @Test
  void publishersInsideOfValuesAreSubscribedToFromThere() {
    Pipes pipes = pipes();
    StepVerifier.create(pipes.sumOfBatch(new Batch("a", Flux.range(0, 1000))))
        .expectNext(sumBelow(1000))
        .verifyComplete();
    StepVerifier.create(pipes.sumOfList(List.of(Flux.range(0, 10), Flux.range(0, 20))))
        .expectNext(sumBelow(10) + sumBelow(20))
        .verifyComplete();
  }

  @Test
  void publishersInsideOfItemsAreSubscribedToFromHere() {
    StepVerifier.create(pipes().split(Flux.just(1, 2, 3)).concatMap(inner -> inner).collectList())
        .expectNext(List.of(0, 0, 1, 0, 1, 2))
        .verifyComplete();
  }

  @Test
  void aPublisherInsideOfAValueCanBeSubscribedToAgain() {
    var subscriptions = new AtomicInteger();
    Flux<Integer> numbers = Flux.range(0, 3).doOnSubscribe(s -> subscriptions.incrementAndGet());
    Batching remote =
        sides.lookup(
            (Batching) batch -> batch.numbers().concatWith(batch.numbers()), Batching.class);
    StepVerifier.create(remote.unpack(new Batch("a", numbers)))
        .expectNext(0, 1, 2, 0, 1, 2)
        .verifyComplete();
    assertThat(subscriptions).hasValue(2);
  }

  /** Takes a value with a publisher inside. */
  public interface Batching {
    Flux<Integer> unpack(Batch batch);
  }

  /** Gives functions. */
  public interface Functions {
    Flux<Supplier<Integer>> functions(int n);

    Mono<Integer> callAll(Flux<Supplier<Integer>> functions);
  }

  /** Functions of numbers. */
  public static final class NumberFunctions implements Functions {
    @Override
    public Flux<Supplier<Integer>> functions(int n) {
      return Flux.range(0, n).map(i -> () -> i);
    }

    @Override
    public Mono<Integer> callAll(Flux<Supplier<Integer>> functions) {
      return functions
          .publishOn(Schedulers.boundedElastic())
          .map(Supplier::get)
          .reduce(0, Integer::sum);
    }
  }

  @Test
  void itemsMayBeReferencesBothWays() {
    Functions functions = sides.lookup(new NumberFunctions(), Functions.class);
    StepVerifier.create(
            functions
                .functions(1000)
                .publishOn(Schedulers.boundedElastic())
                .map(Supplier::get)
                .reduce(0, Integer::sum))
        .expectNext((int) sumBelow(1000))
        .verifyComplete();
    StepVerifier.create(functions.callAll(Flux.range(0, 1000).map(i -> () -> i)))
        .expectNext((int) sumBelow(1000))
        .verifyComplete();
  }

  @Test
  void itemsThatAreNotTakenAreReleased() {
    Functions functions = sides.lookup(new NumberFunctions(), Functions.class);
    StepVerifier.create(functions.functions(10_000), 10).expectNextCount(10).thenCancel().verify();
  }

  /** Gives objects. */
  public interface Objects {
    Flux<Object> objects();
  }

  /** Can be constructed once only: its copy cannot be rebuilt. */
  public record Unique(String name) {
    private static final AtomicBoolean CONSTRUCTED = new AtomicBoolean();

    public Unique {
      if (!CONSTRUCTED.compareAndSet(false, true)) {
        throw new IllegalArgumentException("there is one already");
      }
    }
  }

  @Test
  void anItemThatCannotBeRebuiltFailsTheStreamAfterTheItemsBeforeIt() {
    var unique = new Unique("a");
    Objects objects =
        sides.lookup((Objects) () -> Flux.<Object>just(1, 2, unique, 4), Objects.class);
    StepVerifier.create(objects.objects())
        .expectNext(1, 2)
        .verifyErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(NotPassableException.class)
                    .hasMessage(
                        "Cannot pass item: the constructor of"
                            + " dev.farside.rsocket.BackPressureTest$Unique(java.lang.String name)"
                            + " refused it: java.lang.IllegalArgumentException: there is one"
                            + " already"));
    assertThat(objects.objects().blockFirst()).isEqualTo(1);
  }

  @Test
  void anItemThatCannotBeEncodedFailsTheStreamAfterTheItemsBeforeIt() {
    var cyclic = new Object[1];
    cyclic[0] = cyclic;
    Objects objects =
        sides.lookup((Objects) () -> Flux.<Object>just(1, 2, cyclic, 4), Objects.class);
    StepVerifier.create(objects.objects())
        .expectNext(1, 2)
        .verifyErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(NotPassableException.class)
                    .hasMessage(
                        "Cannot pass item[0]: this [Ljava.lang.Object; contains itself; a value"
                            + " must not be cyclic"));
  }

  @Test
  void aHotPublisherThatIgnoresDemandLosesNothing() {
    var sink = Sinks.many().unicast().<Integer>onBackpressureBuffer();
    Pipes pipes = sides.lookup(new CountingPipes(sink.asFlux()), Pipes.class);
    for (int i = 0; i < 5000; i++) {
      sink.tryEmitNext(i).orThrow();
    }
    sink.tryEmitComplete().orThrow();
    assertThat(pipes.count().collectList().block()).hasSize(5000).isSorted();
  }

  @Test
  void manyStreamsFlowAtTheSameTime() {
    Pipes pipes = sides.lookup(counting(1000), Pipes.class);
    Long total = Flux.range(0, 100).flatMap(i -> pipes.count(), 100).reduce(0L, Long::sum).block();
    assertThat(total).isEqualTo(100 * sumBelow(1000));
  }
}
