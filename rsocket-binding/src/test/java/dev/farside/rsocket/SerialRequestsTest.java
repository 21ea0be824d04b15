package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;

@Timeout(20)
class SerialRequestsTest {
  private final List<Long> asked = new ArrayList<>();
  private final SerialRequests requests = new SerialRequests();

  @Test
  void whatWasRequestedBeforeIsPassedOnTogether() {
    requests.request(2);
    requests.request(3);
    requests.set(new Asked(() -> {}));
    requests.request(4);
    assertThat(asked).containsExactly(5L, 4L);
  }

  @Test
  void demandWithoutLimitStaysWithoutLimit() {
    requests.request(Long.MAX_VALUE);
    requests.request(1);
    requests.set(new Asked(() -> {}));
    assertThat(asked).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void aRequestWithinARequestComesAfterIt() {
    requests.set(
        new Asked(
            () -> {
              if (asked.size() == 1) {
                requests.request(7);
                assertThat(asked).hasSize(1);
              }
            }));
    requests.request(1);
    assertThat(asked).containsExactly(1L, 7L);
  }

  @Test
  void twoThreadsNeverRequestAtOnce() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    requests.set(
        new Asked(
            () -> {
              inside.countDown();
              awaitQuietly(go);
            }));
    var first = new Thread(() -> requests.request(1));
    first.start();
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    requests.request(2);
    requests.request(3);
    assertThat(asked).containsExactly(1L);
    go.countDown();
    first.join(10_000);
    assertThat(asked).containsExactly(1L, 5L);
  }

  @Test
  void nothingIsLostWhenManyThreadsRequest() throws InterruptedException {
    var total = new AtomicInteger();
    requests.set(
        new Subscription() {
          private int unsafe;

          @Override
          public void request(long n) {
            unsafe += (int) n;
            total.set(unsafe);
          }

          @Override
          public void cancel() {}
        });
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  requests.request(1);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    assertThat(total).hasValue(200_000);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final class Asked implements Subscription {
    private final Runnable then;

    Asked(Runnable then) {
      this.then = then;
    }

    @Override
    public void request(long n) {
      asked.add(n);
      then.run();
    }

    @Override
    public void cancel() {}
  }
}
