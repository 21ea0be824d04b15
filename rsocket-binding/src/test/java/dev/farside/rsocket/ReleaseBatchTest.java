package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.codec.Message.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases are gathered, none is lost, none is sent twice. */
@Timeout(60)
class ReleaseBatchTest {
  private final List<Release> sent = new CopyOnWriteArrayList<>();

  private static List<Release.Count> counts(long from, long to) {
    return LongStream.range(from, to).mapToObj(id -> new Release.Count(id, 1)).toList();
  }

  private List<Release.Count> all() {
    return sent.stream().flatMap(release -> release.counts().stream()).toList();
  }

  @Test
  void noReleasesAreNoMessage() {
    var batch = new ReleaseBatch(sent::add);
    batch.add(List.of());
    batch.add(counts(1, 2));
    await().until(() -> !sent.isEmpty());
    assertThat(sent).containsExactly(new Release(counts(1, 2)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4095, 1", "4096, 1", "4097, 2", "8192, 2", "8193, 3"})
  void aMessageHoldsFourThousandAndNinetySixAtMost(int releases, int messages) {
    var batch = new ReleaseBatch(sent::add);
    batch.add(counts(0, releases));
    await().until(() -> all().size() == releases);
    assertThat(sent).hasSize(messages);
    assertThat(sent).allSatisfy(release -> assertThat(release.counts()).hasSizeBetween(1, 4096));
    assertThat(all()).isEqualTo(counts(0, releases));
  }

  @Test
  void whatIsAddedWhileAMessageIsSentLeavesTogether() throws InterruptedException {
    var sending = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Consumer<Release> slow =
        release -> {
          sent.add(release);
          sending.countDown();
          awaitUninterrupted(goOn);
        };
    var batch = new ReleaseBatch(slow);
    batch.add(counts(0, 1));
    assertThat(sending.await(20, TimeUnit.SECONDS)).isTrue();
    var adder = new Thread(() -> IntStream.range(1, 100).forEach(i -> batch.add(counts(i, i + 1))));
    adder.start();
    adder.join(20_000); // adding does not wait for sending
    assertThat(adder.isAlive()).isFalse();
    goOn.countDown();
    await().until(() -> all().size() == 100);
    assertThat(all()).containsExactlyInAnyOrderElementsOf(counts(0, 100));
    assertThat(sent).hasSizeLessThan(50);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sendingHappensOnAThreadOfItsOwn() {
    var threads = new CopyOnWriteArrayList<String>();
    var batch = new ReleaseBatch(release -> threads.add(Thread.currentThread().getName()));
    batch.add(counts(0, 1));
    await().until(() -> threads.size() == 1);
    assertThat(threads.get(0)).startsWith("parallel-");
  }

  @Test
  void threadsThatAddAtTheSameTimeLoseNothing() throws InterruptedException {
    var batch = new ReleaseBatch(sent::add);
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 8; t++) {
      int first = t * 1000;
      var thread =
          new Thread(
              () ->
                  IntStream.range(first, first + 1000)
                      .forEach(id -> batch.add(counts(id, id + 1))));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    await().until(() -> all().size() >= 8000);
    assertThat(all()).containsExactlyInAnyOrderElementsOf(counts(0, 8000));
  }
}
