package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.codec.Message;
import dev.farside.codec.PassMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** As many frames at most as were asked for, and the first of them is kept back for a failure. */
@Timeout(20)
class OutgoingItemsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Side side = (Side) Farside.create();
  private final Session session = new Session(side, "them", new RecordingLink(), new Traffic());

  @AfterEach
  void close() {
    side.close();
  }

  private OutgoingItems of(Flux<?> source) {
    return new OutgoingItems(session, source, true, () -> PassMode.BY_CLASS);
  }

  /** Has not requested anything. */
  private static Subscription subscribed(OutgoingItems items) {
    var subscription = new AtomicReference<Subscription>();
    items.subscribe(
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription s) {
            subscription.set(s);
          }
        });
    return subscription.get();
  }

  @Test
  void theLastFrameIsKeptForAFailure() {
    StepVerifier.create(of(Flux.just(1, 2).concatWith(Flux.error(new ArithmeticException()))), 3)
        .thenConsumeWhile(frame -> true)
        .expectComplete()
        .verify(PATIENCE);
    var asked = new CopyOnWriteArrayList<Long>();
    Subscription subscription = subscribed(of(Flux.never().doOnRequest(asked::add)));
    subscription.request(3);
    subscription.request(3);
    assertThat(asked).containsExactly(2L, 3L);
  }

  /** Queues without locks count an item before they show it. */
  private static final class SlowQueue extends ArrayDeque<Object> {
    private static final long serialVersionUID = 1;
    private final CountDownLatch looks = new CountDownLatch(2);

    @Override
    public synchronized boolean offer(Object item) {
      return super.offer(item);
    }

    @Override
    public synchronized boolean isEmpty() {
      return super.isEmpty();
    }

    @Override
    public synchronized Object peek() {
      boolean hidden = looks.getCount() > 0;
      looks.countDown();
      return hidden ? null : super.peek();
    }

    @Override
    public synchronized Object poll() {
      return super.poll();
    }
  }

  @Test
  void anItemThatIsNotYetVisibleMakesNoFrame() {
    Sinks.Many<Integer> source = Sinks.many().unicast().onBackpressureBuffer();
    var queue = new SlowQueue();
    var frames = new CopyOnWriteArrayList<Frame>();
    new OutgoingItems(session, source.asFlux(), true, () -> PassMode.BY_CLASS, queue)
        .subscribe(frames::add);
    for (long left = 1; left >= 0; left--) {
      long most = left;
      source.tryEmitNext(1).orThrow();
      await().until(() -> queue.looks.getCount() <= most);
    }
    source.tryEmitNext(1).orThrow();
    await().until(queue::isEmpty);
    int empty = session.marshaller().frame(new Message.Items(), true, body -> {}).size();
    await().untilAsserted(() -> assertThat(frames).isNotEmpty());
    assertThat(frames).hasSizeLessThanOrEqualTo(3).allMatch(frame -> frame.size() > empty);
  }

  @Test
  void twoFirstRequestsKeepOneFrameBack() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      var asked = new AtomicLong();
      var source = Flux.never().doOnRequest(asked::addAndGet);
      Subscription subscription = subscribed(of(source));
      var both = new CyclicBarrier(2);
      var other =
          new Thread(
              () -> {
                arrive(both);
                subscription.request(2);
              });
      other.start();
      arrive(both);
      subscription.request(3);
      other.join();
      subscription.cancel();
      assertThat(asked).hasValue(4);
    }
  }

  private static void arrive(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
