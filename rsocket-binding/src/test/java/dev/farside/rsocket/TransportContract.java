package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import dev.farside.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every way to connect two sides must be able to do. */
interface TransportContract {
  /** Two sides that are connected in this way, for the current test. */
  TwoSides sides();

  /** An address to listen at. */
  String uri();

  /** In bytes: so much that it leaves in many fragments. */
  default int bigMessageSize() {
    return 20 << 20;
  }

  /** One of everything. */
  interface Everything {
    int add(int a, int b);

    Stream<Integer> count(int n);

    Flux<Integer> items(int n);

    Flux<Integer> twice(Flux<Integer> numbers);

    Mono<String> threadOfReactive();

    String threadOfBlocking();

    int callBack(int n, Everything back);

    byte[] reversed(byte[] bytes);

    Mono<Integer> never();
  }

  /** Does everything the plain way. */
  final class Plain implements Everything {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public int add(int a, int b) {
      return a + b;
    }

    @Override
    public Stream<Integer> count(int n) {
      return IntStream.range(0, n).boxed();
    }

    @Override
    public Flux<Integer> items(int n) {
      return Flux.range(0, n);
    }

    @Override
    public Flux<Integer> twice(Flux<Integer> numbers) {
      return numbers.map(n -> 2 * n);
    }

    @Override
    public Mono<String> threadOfReactive() {
      return Mono.just(Thread.currentThread().getName());
    }

    @Override
    public String threadOfBlocking() {
      assertThat(Schedulers.isInNonBlockingThread()).isFalse();
      return Thread.currentThread().getName();
    }

    @Override
    public int callBack(int n, Everything back) {
      calls.incrementAndGet();
      return n == 0 ? 0 : 1 + back.callBack(n - 1, this);
    }

    @Override
    public byte[] reversed(byte[] bytes) {
      byte[] reversed = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        reversed[i] = bytes[bytes.length - 1 - i];
      }
      return reversed;
    }

    @Override
    public Mono<Integer> never() {
      return Mono.never();
    }
  }

  private Everything everything() {
    return sides().lookup(new Plain(), Everything.class);
  }

  @Test
  default void callsAreAnswered() {
    assertThat(everything().add(1, 2)).isEqualTo(3);
  }

  @Test
  default void streamsFlow() {
    assertThat(everything().count(1000).mapToInt(i -> i).sum()).isEqualTo(499_500);
    assertThat(everything().items(1000).reduce(0, Integer::sum).block()).isEqualTo(499_500);
  }

  @Test
  default void channelsFlowBothWays() {
    assertThat(everything().twice(Flux.range(0, 1000)).reduce(0, Integer::sum).block())
        .isEqualTo(999_000);
  }

  @Test
  default void callbacksNest() {
    var here = new Plain();
    assertThat(everything().callBack(20, here)).isEqualTo(20);
    assertThat(here.calls).hasValue(10);
  }

  @Test
  default void aBigMessageArrivesWhole() {
    byte[] bytes = new byte[bigMessageSize()];
    new Random(1).nextBytes(bytes);
    assertThat(everything().reversed(bytes)).isEqualTo(new Plain().reversed(bytes));
  }

  @Test
  default void smallCallsPassWhileABigMessageIsOnItsWay() {
    Everything everything = everything();
    Mono<byte[]> big = Remote.async(everything, e -> e.reversed(new byte[bigMessageSize() / 2]));
    var sums = new ArrayList<Integer>();
    var done = big.subscribe();
    while (!done.isDisposed()) {
      sums.add(everything.add(1, 1));
    }
    assertThat(sums).containsOnly(2);
  }

  @Test
  default void whatMayBlockRunsOnAWorkerAndWhatMayNotOnAThreadThatMustNotBlock() {
    Everything everything = everything();
    String caller = Thread.currentThread().getName();
    assertThat(everything.threadOfBlocking()).startsWith("farside-worker-");
    assertThat(everything.threadOfReactive().block()).isNotEqualTo(caller).doesNotContain("worker");
  }

  @Test
  default void resultsOfReactiveCallsArriveOnAThreadOfTheReceiver() {
    Everything everything = everything();
    List<String> threads = new CopyOnWriteArrayList<>();
    everything.items(3).doOnNext(i -> threads.add(Thread.currentThread().getName())).blockLast();
    assertThat(threads).allSatisfy(t -> assertThat(t).doesNotContain("farside-worker"));
  }

  @Test
  default void twoConnectionsAreTwoPeers() {
    try (Farside third = Farside.create()) {
      Everything first = everything();
      sides().far().bind("second", new Plain());
      Peer peer = third.connectNow(sides().listener().uri());
      Everything second = peer.lookup("second", Everything.class);
      assertThat(first.add(1, 2)).isEqualTo(second.add(2, 1));
      peer.close();
      assertThat(first.add(1, 2)).isEqualTo(3);
    }
  }

  @Test
  default void aPeerOfAListenerIsNamedAfterItsRealAddress() {
    assertThat(everything().add(1, 2)).isEqualTo(3);
    assertThat(sides().peerOfFar()).hasToString("client 1 of " + sides().listener().uri());
    assertThat(sides().peer()).hasToString(sides().listener().uri());
  }

  @Test
  default void theSideThatConnectedCloses() {
    assertEnds(() -> sides().peer().close(), "this side", "the peer");
  }

  @Test
  default void theSideThatListensCloses() {
    assertEnds(() -> sides().peerOfFar().close(), "the peer", "this side");
  }

  @Test
  default void theWholeSideThatConnectedCloses() {
    assertEnds(() -> sides().near().close(), "this side", "the peer");
  }

  @Test
  default void theWholeSideThatListensCloses() {
    assertEnds(() -> sides().far().close(), "the peer", "this side");
  }

  @Test
  default void theListenerCloses() {
    assertEnds(() -> sides().listener().close(), "the peer", "this side");
    assertThatThrownBy(() -> sides().near().connectNow(sides().listener().uri()))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageStartingWith("Nobody answers at " + sides().listener().uri() + " (");
  }

  @Test
  default void whoeverClosesSecondChangesNothing() {
    assertEnds(
        () -> {
          sides().peerOfFar().close();
          sides().peer().onClose().block();
          sides().peer().close();
        },
        "the peer",
        "this side");
  }

  /** What is pending and what is called later ends, at both sides, and says who closed. */
  private void assertEnds(Runnable close, String closedForNear, String closedForFar) {
    sides().near().bind("back", new Plain());
    Everything atNear = everything();
    Everything atFar = sides().peerOfFar().lookup("back", Everything.class);
    CompletableFuture<Integer> pendingAtNear = atNear.never().toFuture();
    CompletableFuture<Integer> pendingAtFar = atFar.never().toFuture();
    assertThat(atNear.add(1, 2)).isEqualTo(atFar.add(1, 2));

    close.run();

    assertEnded(sides().peer(), atNear, pendingAtNear, closedForNear);
    assertEnded(sides().peerOfFar(), atFar, pendingAtFar, closedForFar);
  }

  private static void assertEnded(
      Peer peer, Everything proxy, CompletableFuture<Integer> pending, String closedBy) {
    String message =
        "The connection to "
            + peer
            + " was closed by "
            + closedBy
            + "; connect again and look up anew";
    peer.onClose().block();
    await().untilAsserted(() -> assertThat(peer.stats().exports()).isZero());
    assertThat(peer.stats().imports()).isZero();
    assertThatThrownBy(() -> pending.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> proxy.add(1, 2))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(message);
  }

  @Test
  default void whatIsBoundAfterwardsAnswersAnew() {
    String uri = uri();
    try (Farside far = Farside.builder().bind("everything", new Plain()).build();
        Farside near = Farside.create()) {
      for (int i = 0; i < 3; i++) {
        try (Listener listener = far.listenNow(uri);
            Peer peer = near.connectNow(listener.uri())) {
          assertThat(peer.lookup("everything", Everything.class).add(1, 2)).isEqualTo(3);
        }
      }
    }
  }

  @Test
  default void anAddressThatIsTakenIsRefused() {
    String uri = sides().listener().uri();
    assertThatThrownBy(() -> sides().near().listenNow(uri))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageStartingWith("Cannot listen at " + uri + " (")
        .hasMessageEndingWith("); is the address in use?");
    assertThat(everything().add(1, 2)).isEqualTo(3);
  }
}
