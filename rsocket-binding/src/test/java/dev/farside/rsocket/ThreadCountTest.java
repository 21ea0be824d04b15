package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads end with what they are for, and none of them keeps a JVM running. */
@Timeout(120)
public class ThreadCountTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The other JVM. */
  static final class Main {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(Farside.builder().bind("next", (IntUnaryOperator) n -> n + 1));
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);

  private static void assertBack(Supplier<List<String>> threads, List<String> base) {
    await()
        .pollInSameThread() // each thread that asks has a worker over there
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(threads.get()).hasSizeLessThanOrEqualTo(base.size()));
  }

  private void connectCallAndClose(Farside side) {
    Peer peer = side.connectNow(jvms.uri());
    assertThat(peer.lookup("next", IntUnaryOperator.class).applyAsInt(1)).isEqualTo(2);
    peer.close();
  }

  @Test
  void aHundredConnectsAndClosesLeaveNoThread() {
    for (int i = 0; i < 8; i++) { // the event loops, of which there are as many as processors
      try (Farside side = Farside.create()) {
        connectCallAndClose(side);
      }
    }
    TwoJvms.Vitals far = jvms.vitals();
    List<String> nearBase = TwoJvms.threads();
    List<String> farBase = far.threads();
    try (Farside oneSide = Farside.create()) {
      for (int i = 0; i < 50; i++) {
        connectCallAndClose(oneSide);
        try (Farside side = Farside.create()) {
          connectCallAndClose(side);
        }
      }
    }
    assertBack(TwoJvms::threads, nearBase);
    assertBack(far::threads, farBase);
  }

  @Test
  void tenThousandShortLivedCallersLeaveNoThread() throws Exception {
    IntUnaryOperator next = jvms.lookup("next", IntUnaryOperator.class);
    TwoJvms.Vitals far = jvms.vitals();
    assertThat(next.applyAsInt(1)).isEqualTo(2);
    List<String> nearBase = TwoJvms.threads();
    List<String> farBase = far.threads();
    int most = 0;
    for (int i = 0; i < 1_000; i++) {
      callFromTenThreads(next);
      if (i % 100 == 99) {
        most = Math.max(most, far.threads().size());
      }
    }
    assertThat(most).isLessThan(farBase.size() + 100);
    assertBack(TwoJvms::threads, nearBase);
    assertBack(far::threads, farBase);
  }

  private static void callFromTenThreads(IntUnaryOperator next) throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    var sum = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      var caller = new Thread(() -> sum.addAndGet(next.applyAsInt(1)));
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(sum).hasValue(20);
  }

  /** Connects, calls, and returns from its {@code main} without closing its side. */
  static final class Client {
    public static void main(String[] args) {
      Peer peer = Farside.create().connectNow(args[0]);
      int two = peer.lookup("next", IntUnaryOperator.class).applyAsInt(1);
      peer.close();
      System.out.println(two);
    }
  }

  /** The same, but it does not close its peer either. */
  static final class CarelessClient {
    public static void main(String[] args) {
      Peer peer = Farside.create().connectNow(args[0]);
      System.out.println(peer.lookup("next", IntUnaryOperator.class).applyAsInt(1));
    }
  }

  /** Listens, is called, closes its listener and returns from its {@code main}. */
  static final class Server {
    public static void main(String[] args) {
      Farside side = Farside.builder().bind("next", (IntUnaryOperator) n -> n + 1).build();
      Listener listener = side.listenNow("tcp://127.0.0.1:0");
      try (Farside client = Farside.create()) {
        Peer peer = client.connectNow(listener.uri());
        System.out.println(peer.lookup("next", IntUnaryOperator.class).applyAsInt(1));
      }
      listener.close();
    }
  }

  @Test
  void aClientEndsWhenItsMainReturns() throws Exception {
    for (Class<?> client : List.of(Client.class, CarelessClient.class)) {
      OtherJvm process = OtherJvm.running(client, jvms.uri());
      assertThat(process.endsWithin(Duration.ofSeconds(5))).as(client.getSimpleName()).isTrue();
    }
  }

  @Test
  void aServerThatClosedItsListenerEndsWhenItsMainReturns() throws Exception {
    OtherJvm process = OtherJvm.running(Server.class);
    assertThat(process.endsWithin(Duration.ofSeconds(5))).isTrue();
  }
}
