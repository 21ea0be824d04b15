package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watch over carriers lives as long as threads that it watches. */
@Timeout(90)
class CarriersTest {
  private final ThreadFactory watched = Carriers.watching(Thread::new);

  private static boolean isWatching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("farside-carriers"));
  }

  private static void awaitNoWatch() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              return !isWatching();
            });
  }

  @Test
  void itBeginsBeforeTheFirstThreadRunsAndEndsWithTheLast() throws Exception {
    var goOn = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Thread worker =
        watched.newThread(
            () -> {
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              ended.countDown();
            });
    assertThat(isWatching()).isTrue();
    worker.start();
    goOn.countDown();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    awaitNoWatch();
  }

  @Test
  void aThreadThatIsNeverStartedDoesNotKeepItAlive() {
    assertThat(watched.newThread(() -> {})).isNotNull();
    awaitNoWatch();
  }
}
