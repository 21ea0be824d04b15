package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Whatever a publisher does when it is subscribed to and asked, its subscriber gets one end. */
@Timeout(60)
class AskedOnWorkersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicInteger cancelled = new AtomicInteger();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  private Flux<Object> asked(Publisher<Object> source) {
    return new AskedOnWorkers(source, workers);
  }

  /** Counts when it is cancelled. */
  private Subscription subscription(Consumer<Long> onRequest) {
    return new Subscription() {
      @Override
      public void request(long n) {
        onRequest.accept(n);
      }

      @Override
      public void cancel() {
        cancelled.incrementAndGet();
      }
    };
  }

  /** Does something when it is asked. */
  private Publisher<Object> whenAsked(Consumer<Subscriber<? super Object>> action) {
    return subscriber -> subscriber.onSubscribe(subscription(n -> action.accept(subscriber)));
  }

  private static IllegalStateException failure(String message) {
    return new IllegalStateException(message);
  }

  @Test
  void whatASourceThrowsWhenItIsSubscribedToIsItsEnd() {
    Flux<Object> asked =
        asked(
            subscriber -> {
              throw failure("in subscribe");
            });
    StepVerifier.create(asked).expectErrorMessage("in subscribe").verify(PATIENCE);
  }

  @Test
  void whatItThrowsAfterItHasGivenItsSubscriptionIsItsEndToo() {
    Flux<Object> asked =
        asked(
            subscriber -> {
              subscriber.onSubscribe(subscription(n -> {}));
              subscriber.onNext("a");
              throw failure("in subscribe");
            });
    StepVerifier.create(asked).expectNext("a").expectErrorMessage("in subscribe").verify(PATIENCE);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void whatItThrowsWhenItIsAskedIsItsEnd() {
    Flux<Object> asked =
        asked(
            whenAsked(
                subscriber -> {
                  subscriber.onNext("a");
                  throw failure("in request");
                }));
    StepVerifier.create(asked).expectNext("a").expectErrorMessage("in request").verify(PATIENCE);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void soIsWhatItThrowsWhenItIsAskedAgain() {
    var times = new AtomicInteger();
    Flux<Object> asked =
        asked(
            whenAsked(
                subscriber -> {
                  if (times.incrementAndGet() == 2) {
                    throw failure("second request");
                  }
                  subscriber.onNext("a");
                }));
    StepVerifier.create(asked, 1)
        .expectNext("a")
        .thenRequest(1)
        .expectErrorMessage("second request")
        .verify(PATIENCE);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void soIsAnError() {
    Flux<Object> asked =
        asked(
            whenAsked(
                subscriber -> {
                  throw new StackOverflowError("deep");
                }));
    StepVerifier.create(asked).expectError(StackOverflowError.class).verify(PATIENCE);
  }

  @Test
  void whatItThrowsAfterItsEndIsIgnored() {
    Flux<Object> asked =
        asked(
            whenAsked(
                subscriber -> {
                  subscriber.onComplete();
                  throw failure("too late");
                }));
    StepVerifier.create(asked).expectComplete().verify(PATIENCE);
  }

  @Test
  void signalsAfterItsEndAreIgnored() {
    Flux<Object> asked =
        asked(
            whenAsked(
                subscriber -> {
                  subscriber.onError(failure("first"));
                  subscriber.onNext("late");
                  subscriber.onError(failure("second"));
                  subscriber.onComplete();
                }));
    StepVerifier.create(asked)
        .expectErrorMessage("first")
        .verifyThenAssertThat(PATIENCE)
        .hasNotDroppedElements()
        .hasNotDroppedErrors();
  }

  @Test
  void aFailureComesAfterTheElementThatIsJustOnItsWay() throws Exception {
    var begun = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var heard = new CopyOnWriteArrayList<String>();
    Publisher<Object> source =
        whenAsked(
            subscriber -> {
              new Thread(() -> subscriber.onNext("a")).start();
              awaitCount(begun);
              throw failure("in request");
            });
    Executor counting =
        task ->
            workers.execute(
                () -> {
                  task.run();
                  asked.countDown();
                });
    new AskedOnWorkers(source, counting)
        .subscribe(
            item -> {
              begun.countDown();
              awaitCount(asked);
              heard.add("element");
            },
            e -> {
              heard.add(e.getMessage());
              ended.countDown();
            });
    awaitCount(ended);
    assertThat(heard).containsExactly("element", "in request");
  }

  @Test
  void anElementThatIsNullIsAnError() {
    Flux<Object> asked =
        asked(
            whenAsked(
                subscriber -> {
                  subscriber.onNext(null);
                  subscriber.onComplete();
                }));
    StepVerifier.create(asked)
        .expectErrorSatisfies(
            e ->
                assertThat(e)
                    .isExactlyInstanceOf(NullPointerException.class)
                    .hasMessageStartingWith("A publisher gave a null element")
                    .hasMessageContaining(AskedOnWorkersTest.class.getName()))
        .verify(PATIENCE);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void anErrorThatIsNullIsAnErrorAllTheSame() {
    StepVerifier.create(asked(whenAsked(subscriber -> subscriber.onError(null))))
        .expectErrorSatisfies(
            e ->
                assertThat(e)
                    .isExactlyInstanceOf(NullPointerException.class)
                    .hasMessageStartingWith("A publisher failed with a null error"))
        .verify(PATIENCE);
  }

  @Test
  void aSecondSubscriptionIsCancelled() {
    Flux<Object> asked =
        asked(
            subscriber -> {
              subscriber.onSubscribe(
                  new Subscription() {
                    @Override
                    public void request(long n) {
                      subscriber.onNext("a");
                    }

                    @Override
                    public void cancel() {}
                  });
              subscriber.onSubscribe(subscription(n -> subscriber.onNext("b")));
              subscriber.onComplete();
            });
    StepVerifier.create(asked, 1).expectNext("a").expectComplete().verify(PATIENCE);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void aSubscriptionThatComesAfterItWasGivenUpIsCancelled() {
    var subscriber = new CompletableFuture<Subscriber<? super Object>>();
    Disposable subscribed = asked(subscriber::complete).subscribe();
    Subscriber<? super Object> known = subscriber.join();
    subscribed.dispose();
    known.onSubscribe(subscription(n -> {}));
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void whatIsRequestedBeforeThereIsASubscriptionIsAskedForThen() {
    var subscriber = new CompletableFuture<Subscriber<? super Object>>();
    var requested = new LinkedBlockingQueue<Long>();
    asked(subscriber::complete)
        .subscribe(
            new BaseSubscriber<>() {
              @Override
              protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(3);
              }
            });
    subscriber.join().onSubscribe(subscription(requested::add));
    assertThat(requested).containsExactly(3L);
  }

  @Test
  void aSideThatHasClosedIsItsEnd() {
    Flux<Object> asked =
        new AskedOnWorkers(
            Flux.never(),
            task -> {
              throw new RejectedExecutionException("closed");
            });
    StepVerifier.create(asked).expectErrorMessage("closed").verify(PATIENCE);
  }

  /** Waits until it is interrupted. */
  private static final class Wait {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    void run() {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // which must not reach what the worker does next
        interrupted.countDown();
      }
    }
  }

  private void assertCancelInterrupts(Wait wait, Publisher<Object> source) throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      Disposable subscribed = new AskedOnWorkers(source, one).subscribe();
      awaitCount(wait.begun);
      subscribed.dispose();
      awaitCount(wait.interrupted);
      assertThat(one.submit(Thread::interrupted).get(20, TimeUnit.SECONDS)).isFalse();
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void aWorkerThatWaitsInSubscribeIsInterruptedByCancel() throws Exception {
    var wait = new Wait();
    assertCancelInterrupts(wait, subscriber -> wait.run());
  }

  @Test
  void aWorkerThatSubscribesAndAsksIsInterruptedByCancel() throws Exception {
    var wait = new Wait();
    assertCancelInterrupts(wait, whenAsked(subscriber -> wait.run()));
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void aWorkerThatWaitsWhenItAsksAgainIsInterruptedByCancel() throws Exception {
    var wait = new Wait();
    var times = new AtomicInteger();
    var given = new CountDownLatch(1);
    var subscriber =
        new BaseSubscriber<Object>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
          }

          @Override
          protected void hookOnNext(Object item) {
            given.countDown();
          }
        };
    asked(
            whenAsked(
                s -> {
                  if (times.getAndIncrement() == 0) {
                    s.onNext("a");
                  } else {
                    wait.run();
                  }
                }))
        .subscribe(subscriber);
    awaitCount(given);
    subscriber.request(1);
    awaitCount(wait.begun);
    subscriber.cancel();
    awaitCount(wait.interrupted);
  }

  @Test
  void whatIsGivenUpBeforeItBeginsIsNotSubscribedTo() {
    var tasks = new ArrayList<Runnable>();
    var subscribed = new AtomicInteger();
    new AskedOnWorkers(s -> subscribed.incrementAndGet(), tasks::add).subscribe().dispose();
    tasks.forEach(Runnable::run);
    assertThat(tasks).hasSize(1);
    assertThat(subscribed).hasValue(0);
  }

  private static void awaitCount(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
