package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.PeerStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What goes over a connection is counted, once, and alike on both sides. */
@Timeout(60)
public class TrafficTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Takes and gives bytes. */
  public interface Bytes {
    byte[] echo(byte[] bytes);

    Flux<Integer> items(int n);

    Mono<Integer> never();

    Supplier<Integer> supplier();
  }

  private static final class PlainBytes implements Bytes {
    private final CountDownLatch called = new CountDownLatch(1);

    @Override
    public byte[] echo(byte[] bytes) {
      return bytes.clone();
    }

    @Override
    public Flux<Integer> items(int n) {
      return Flux.range(0, n);
    }

    @Override
    public Mono<Integer> never() {
      called.countDown();
      return Mono.never();
    }

    @Override
    public Supplier<Integer> supplier() {
      var one = new AtomicInteger(1);
      return one::get;
    }
  }

  private static Frame frame(int header, int body) {
    return new Frame(new byte[header], new byte[body]);
  }

  @Test
  void nothingIsCountedAtFirst() {
    var traffic = new Traffic();
    assertThat(traffic.requestsSent()).isZero();
    assertThat(traffic.requestsReceived()).isZero();
    assertThat(traffic.bytesSent()).isZero();
    assertThat(traffic.bytesReceived()).isZero();
  }

  @Test
  void aRequestCountsAsOneAndWithItsBytes() {
    var traffic = new Traffic();
    traffic.requestSent(frame(3, 5));
    traffic.sent(frame(1, 1));
    assertThat(traffic.requestsSent()).isEqualTo(1);
    assertThat(traffic.bytesSent()).isEqualTo(10);
    traffic.requestReceived(frame(0, 7));
    traffic.requestReceived(frame(0, 0));
    traffic.received(frame(2, 0));
    assertThat(traffic.requestsReceived()).isEqualTo(2);
    assertThat(traffic.bytesReceived()).isEqualTo(9);
    assertThat(traffic.requestsSent()).isEqualTo(1);
    assertThat(traffic.bytesSent()).isEqualTo(10);
  }

  @Test
  void threadsThatCountAtTheSameTimeLoseNothing() throws InterruptedException {
    var traffic = new Traffic();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  traffic.requestSent(frame(1, 2));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(traffic.requestsSent()).isEqualTo(200_000);
    assertThat(traffic.bytesSent()).isEqualTo(600_000);
  }

  private PeerStats near() {
    return sides.peer().stats();
  }

  private PeerStats far() {
    return sides.peerOfFar().stats();
  }

  @Test
  void eachCallIsOneRequestOnBothSides() {
    Bytes bytes = sides.lookup(new PlainBytes(), Bytes.class);
    bytes.echo(new byte[1]);
    for (int calls : List.of(0, 1, 2, 10)) {
      long sent = near().requestsSent();
      long received = far().requestsReceived();
      for (int i = 0; i < calls; i++) {
        bytes.echo(new byte[1]);
      }
      assertThat(near().requestsSent()).isEqualTo(sent + calls);
      assertThat(far().requestsReceived()).isEqualTo(received + calls);
    }
  }

  @Test
  void aStreamIsOneRequestHoweverManyItemsItHas() {
    Bytes bytes = sides.lookup(new PlainBytes(), Bytes.class);
    bytes.echo(new byte[1]);
    long sent = near().requestsSent();
    assertThat(bytes.items(10_000).count().block()).isEqualTo(10_000);
    assertThat(near().requestsSent()).isEqualTo(sent + 1);
  }

  @Test
  void bytesAreCountedOnceAndAlikeOnBothSides() {
    Bytes bytes = sides.lookup(new PlainBytes(), Bytes.class);
    bytes.echo(new byte[1]);
    long sent = near().bytesSent();
    long received = near().bytesReceived();
    int size = 1 << 20;
    bytes.echo(new byte[size]);
    assertThat(near().bytesSent() - sent).isBetween((long) size, size + 200L);
    assertThat(near().bytesReceived() - received).isBetween((long) size, size + 200L);
    await()
        .untilAsserted(
            () -> {
              assertThat(far().bytesReceived()).isEqualTo(near().bytesSent());
              assertThat(near().bytesReceived()).isEqualTo(far().bytesSent());
            });
  }

  @Test
  void aCallIsPendingUntilItsAnswerOrItsEnd() {
    var there = new PlainBytes();
    Bytes bytes = sides.lookup(there, Bytes.class);
    assertThat(near().pendingCalls()).isZero();
    var one = bytes.never().subscribe();
    var two = bytes.never().subscribe();
    assertThat(near().pendingCalls()).isEqualTo(2);
    assertThat(far().pendingCalls()).isZero();
    await().until(() -> there.called.getCount() == 0);
    one.dispose();
    await().untilAsserted(() -> assertThat(near().pendingCalls()).isEqualTo(1));
    two.dispose();
    await().untilAsserted(() -> assertThat(near().pendingCalls()).isZero());
  }

  @Test
  void theTablesOfBothSidesAgree() {
    Bytes bytes = sides.lookup(new PlainBytes(), Bytes.class);
    var held = new ArrayList<Supplier<Integer>>();
    for (int n = 0; n <= 3; n++) {
      assertThat(near().imports()).isEqualTo(n);
      assertThat(far().exports()).isEqualTo(n);
      held.add(bytes.supplier());
    }
    assertThat(held).allSatisfy(supplier -> assertThat(supplier.get()).isEqualTo(1));
    held.clear();
  }
}
