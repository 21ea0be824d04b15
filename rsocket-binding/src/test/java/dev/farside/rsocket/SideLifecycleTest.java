package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How sides, listeners and connections begin and end. */
@Timeout(60)
public @SuppressWarnings("try") // closing in the middle is what is tested
class SideLifecycleTest {
  private static final String ANYWHERE = "tcp://127.0.0.1:0";

  /** Waits until it is released. */
  public interface Gate {
    int pass() throws InterruptedException;
  }

  @Test
  void closingAgainDoesNothing() {
    Farside far = Farside.create();
    Farside near = Farside.create();
    Listener listener = far.listenNow(ANYWHERE);
    Peer peer = near.connectNow(listener.uri());
    for (int i = 0; i < 2; i++) {
      peer.close();
      listener.close();
      near.close();
      far.close();
    }
    assertThatThrownBy(() -> near.connectNow(listener.uri()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This side is closed; build another one");
    assertThatThrownBy(() -> far.listenNow(ANYWHERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This side is closed; build another one");
  }

  @Test
  void closingASideEndsTheCallsThatRun() throws Exception {
    var entered = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    Gate gate =
        () -> {
          entered.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return 1;
        };
    try (Farside far = Farside.builder().bind("gate", gate).build();
        Farside near = Farside.create()) {
      Gate remote = near.connectNow(far.listenNow(ANYWHERE).uri()).lookup("gate", Gate.class);
      var failure = new CompletableFuture<Throwable>();
      var caller =
          new Thread(
              () -> {
                try {
                  remote.pass();
                } catch (RuntimeException | InterruptedException e) {
                  failure.complete(e);
                }
              });
      caller.start();
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
      far.close();
      assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(ConnectionLostException.class);
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      caller.join();
    }
  }

  @Test
  void aSideMayCloseItselfInACallOfAPeer() throws Exception {
    var self = new AtomicReference<Farside>();
    var closed = new CountDownLatch(1);
    Gate gate =
        () -> {
          self.get().close();
          closed.countDown();
          return 1;
        };
    try (Farside near = Farside.create()) {
      Farside far = Farside.builder().bind("gate", gate).build();
      self.set(far);
      Gate remote = near.connectNow(far.listenNow(ANYWHERE).uri()).lookup("gate", Gate.class);
      assertThatThrownBy(remote::pass).isInstanceOf(ConnectionLostException.class);
      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void onPeerSeesEveryPeerAndAnExceptionOfItsClosesThatPeer() {
    var seen = new CopyOnWriteArrayList<Peer>();
    try (Farside far =
            Farside.builder()
                .onPeer(
                    peer -> {
                      seen.add(peer);
                      if (seen.size() == 2) {
                        throw new IllegalStateException("not you");
                      }
                    })
                .build();
        Farside near = Farside.create()) {
      String uri = far.listenNow(ANYWHERE).uri();
      Peer first = near.connectNow(uri);
      await().until(() -> seen.size() == 1);
      Peer second = near.connectNow(uri);
      second.onClose().block();
      assertThatThrownBy(second::names).isInstanceOf(ConnectionLostException.class);
      assertThat(first.names()).isEmpty();
      Peer third = near.connectNow(uri);
      await().until(() -> seen.size() == 3);
      assertThat(third.names()).isEmpty();
    }
  }

  @Test
  void onPeerIsCalledOnBothSidesAndMayCall() {
    var names = new CopyOnWriteArrayList<Set<String>>();
    try (Farside far =
            Farside.builder().bind("a", List.of()).onPeer(p -> names.add(p.names())).build();
        Farside near =
            Farside.builder().bind("b", List.of()).onPeer(p -> names.add(p.names())).build()) {
      near.connectNow(far.listenNow(ANYWHERE).uri());
      await().until(() -> names.size() == 2);
      assertThat(names).containsExactlyInAnyOrder(Set.of("a"), Set.of("b"));
    }
  }

  @Test
  void peersTellsOfEveryPeerAndEndsWithTheSide() {
    var ended = new CountDownLatch(1);
    var seen = new AtomicInteger();
    Farside far = Farside.create();
    far.peers().subscribe(peer -> seen.incrementAndGet(), e -> {}, ended::countDown);
    String uri = far.listenNow(ANYWHERE).uri();
    try (Farside near = Farside.create()) {
      near.connectNow(uri);
      near.connectNow(uri);
      await().untilAsserted(() -> assertThat(seen).hasValue(2));
    }
    far.close();
    await().until(() -> ended.getCount() == 0);
  }

  @Test
  void whoJoinsAListenerWaitsUntilItCloses() throws Exception {
    try (Farside far = Farside.create()) {
      Listener listener = far.listenNow(ANYWHERE);
      var joined = new Thread(listener::join);
      joined.start();
      assertThat(joined.isAlive()).isTrue();
      listener.close();
      joined.join(20_000);
      assertThat(joined.isAlive()).isFalse();
      listener.onClose().block();
    }
  }

  @Test
  void fiftyConnectionsLeaveNoThreads() {
    Supplier<Integer> one = () -> 1;
    try (Farside far = Farside.builder().bind("one", one).build();
        Farside near = Farside.create()) {
      String uri = far.listenNow(ANYWHERE).uri();
      connectAndCall(near, uri);
      int before = farsideThreads();
      for (int i = 0; i < 50; i++) {
        var caller = new Thread(() -> connectAndCall(near, uri));
        caller.start();
        await().until(() -> !caller.isAlive());
      }
      await().untilAsserted(() -> assertThat(farsideThreads()).isLessThanOrEqualTo(before + 1));
    }
    await().untilAsserted(() -> assertThat(farsideThreads()).isZero());
  }

  private static void connectAndCall(Farside near, String uri) {
    try (Peer peer = near.connectNow(uri)) {
      assertThat(peer.lookup("one", Supplier.class).get()).isEqualTo(1);
    }
  }

  private static int farsideThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().startsWith("farside"))
            .count();
  }

  private static WeakReference<Farside> usedAndClosed() {
    try (Farside far = Farside.create();
        Farside near = Farside.create()) {
      Gate gate = () -> 1;
      far.bind("gate", gate);
      Gate remote = near.connectNow(far.listenNow(ANYWHERE).uri()).lookup("gate", Gate.class);
      assertThat(remote.pass()).isEqualTo(1);
      return new WeakReference<>(near);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noThreadThatHasCalledKeepsASideThatHasClosed() {
    WeakReference<Farside> side = usedAndClosed();
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(side.get()).isNull();
            });
  }
}
