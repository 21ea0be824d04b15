package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Elements of a stream are taken when they are asked for, and the stream is closed once. */
@Timeout(60)
class StreamItemsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  private Flux<Object> items(Stream<?> stream) {
    return new StreamItems(stream.onClose(closed::incrementAndGet), true, false, workers);
  }

  private Stream<Integer> counted(int n) {
    return IntStream.range(0, n).boxed().peek(i -> taken.incrementAndGet());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void allElementsComeInOrder(int n) {
    assertThat(items(counted(n)).collectList().block(PATIENCE))
        .isEqualTo(IntStream.range(0, n).boxed().toList());
    assertThat(closed).hasValue(1);
  }

  @Test
  void noElementIsTakenThatWasNotAskedFor() {
    StepVerifier.create(items(Stream.generate(taken::incrementAndGet)), 0)
        .expectSubscription()
        .then(() -> assertThat(taken).hasValue(0))
        .thenRequest(1)
        .expectNext(1)
        .then(() -> assertThat(taken).hasValue(1))
        .thenRequest(2)
        .expectNext(2, 3)
        .then(() -> assertThat(taken).hasValue(3))
        .thenCancel()
        .verify(PATIENCE);
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
    assertThat(taken).hasValue(3);
  }

  private Stream<Integer> endlessOfOne() {
    return Stream.of(1).flatMap(i -> Stream.generate(taken::incrementAndGet));
  }

  @Test
  void whatOneElementMakesWithoutAnEndIsGivenAsItIsWantedAndMadeUpToALimit() {
    StepVerifier.create(items(endlessOfOne()), 1)
        .expectNext(1)
        .thenRequest(2)
        .expectNext(2, 3)
        .then(() -> await().untilAsserted(() -> assertThat(taken).hasValue(3 + StreamPull.KEPT)))
        .thenRequest(StreamPull.KEPT + 7)
        .expectNextCount(StreamPull.KEPT + 7)
        .thenCancel()
        .verify(PATIENCE);
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
    assertThat(taken.get()).isLessThanOrEqualTo(10 + 2 * StreamPull.KEPT);
  }

  @Test
  void manyElementsOfOneComeInOrder() {
    int many = 5 * StreamPull.KEPT;
    Flux<Object> items =
        items(Stream.of(0, many).flatMap(from -> counted(many).map(i -> from + i)));
    assertThat(items.limitRate(7).collectList().block(PATIENCE))
        .isEqualTo(IntStream.range(0, 2 * many).boxed().toList());
    assertThat(closed).hasValue(1);
  }

  @Test
  void anEmptyElementIsSentAsOne() {
    assertThat(items(Stream.of("a", null, "b")).collectList().block(PATIENCE))
        .containsExactly("a", StreamSignal.NULL, "b");
  }

  @Test
  void elementsAreTakenByAWorker() {
    Thread self = Thread.currentThread();
    List<Object> threads =
        items(Stream.generate(Thread::currentThread).limit(3)).collectList().block(PATIENCE);
    assertThat(threads).hasSize(3).doesNotContain(self);
  }

  @Test
  void whatAnElementThrowsEndsTheStream() {
    var failure = new IllegalStateException("no more");
    Stream<Integer> failing =
        counted(3)
            .map(
                i -> {
                  if (i == 2) {
                    throw failure;
                  }
                  return i;
                });
    StepVerifier.create(items(failing))
        .expectNext(0, 1)
        .verifyErrorSatisfies(e -> assertThat(e).isSameAs(failure));
    assertThat(closed).hasValue(1);
  }

  @Test
  void anErrorEndsTheStreamToo() {
    Stream<Object> failing =
        Stream.generate(
            () -> {
              throw new StackOverflowError("deep");
            });
    StepVerifier.create(items(failing)).verifyError(StackOverflowError.class);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aStreamWhoseClosingFailsAfterItsLastElementFails() {
    Flux<Object> items =
        new StreamItems(
            Stream.of(1)
                .onClose(
                    () -> {
                      throw new IllegalStateException("cannot close");
                    }),
            true,
            false,
            workers);
    StepVerifier.create(items).expectNext(1).verifyErrorMessage("cannot close");
  }

  @Test
  void aWorkerThatWaitsForAnElementIsInterruptedByCancel() throws InterruptedException {
    var waiting = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    Iterator<Integer> blocking =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            waiting.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
            return false;
          }

          @Override
          public Integer next() {
            throw new AssertionError("there is none");
          }
        };
    var subscription = items(streamOf(blocking)).subscribe();
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
    subscription.dispose();
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
    assertThat(interrupted).isTrue();
  }

  private static Stream<Integer> streamOf(Iterator<Integer> iterator) {
    Iterable<Integer> iterable = () -> iterator;
    return java.util.stream.StreamSupport.stream(iterable.spliterator(), false);
  }

  @Test
  void whatIsCancelledBeforeItBeginsIsClosedAndNotRead() {
    StepVerifier.create(items(counted(3)), 0).thenCancel().verify(PATIENCE);
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
    assertThat(taken).hasValue(0);
  }

  @Test
  void aSecondSubscriberFindsNothing() {
    Flux<Object> items = items(counted(2));
    assertThat(items.collectList().block(PATIENCE)).containsExactly(0, 1);
    assertThat(items.collectList().block(PATIENCE)).isEmpty();
    assertThat(closed).hasValue(1);
  }

  @Test
  void whatNobodyWantsIsClosedOnce() {
    var items = new StreamItems(counted(2).onClose(closed::incrementAndGet), true, false, workers);
    items.discard();
    items.discard();
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
    assertThat(items.collectList().block(PATIENCE)).isEmpty();
    assertThat(taken).hasValue(0);
    assertThat(closed).hasValue(1);
  }

  @Test
  void whatSomebodyReadsIsNotDiscarded() {
    var items = new StreamItems(counted(2).onClose(closed::incrementAndGet), true, false, workers);
    StepVerifier.create(items, 0)
        .expectSubscription()
        .then(items::discard)
        .thenRequest(2)
        .expectNext(0, 1)
        .thenRequest(1)
        .expectComplete()
        .verify(PATIENCE);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aSideThatHasClosedClosesTheStreamItself() {
    var items =
        new StreamItems(
            counted(2).onClose(closed::incrementAndGet),
            true,
            false,
            task -> {
              throw new RejectedExecutionException("closed");
            });
    items.subscribe();
    assertThat(closed).hasValue(1);
    assertThat(taken).hasValue(0);
  }
}
