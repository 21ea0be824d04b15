package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import dev.farside.PeerStats;
import dev.farside.Remote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is closed says so, whatever is asked of it, and nothing of it is left open. */
@Timeout(60)
@SuppressWarnings("try") // closing in the middle is what is tested
public class ClosedSidesTest {
  private static final String ANYWHERE = "tcp://127.0.0.1:0";
  private static final String CLOSED = "This side is closed; build another one";

  private final Farside far =
      Farside.builder()
          .bind("bell", (Bell) () -> 1)
          .allowImport(ArrayList.class, Integer.class)
          .build();
  private final Farside near = Farside.create();

  @AfterEach
  void close() {
    near.close();
    far.close();
  }

  /** Rings. */
  public interface Bell {
    int ring();
  }

  /** A {@link Bell}, reactively. */
  public interface ReactiveBell {
    Mono<Integer> ring();
  }

  /** A {@link Bell}, with a stream. */
  public interface ManyBells {
    Flux<Integer> ring();
  }

  /** A {@link Bell}, by a future. */
  public interface LaterBell {
    CompletableFuture<Integer> ring();
  }

  /** A {@link Bell}, by a stream that blocks. */
  public interface StreamOfBells {
    Stream<Integer> ring();
  }

  /** Statics of {@link Integer}. */
  public interface Integers {
    int parseInt(String text);
  }

  static Stream<Consumer<Farside>> operationsOfASide() {
    return Stream.of(
        side -> side.bind("a", 1),
        side -> side.connectNow("tcp://127.0.0.1:1"),
        side -> side.connect("tcp://127.0.0.1:1").block(),
        side -> side.connectNow("no address"),
        side -> side.listenNow(ANYWHERE),
        side -> side.listen(ANYWHERE).block(),
        side -> side.listenNow("local://closed"));
  }

  @ParameterizedTest
  @MethodSource("operationsOfASide")
  void aClosedSideRefusesWhatWouldComeToNothing(Consumer<Farside> operation) {
    near.close();
    assertThatThrownBy(() -> operation.accept(near))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(CLOSED);
  }

  @Test
  void aClosedSideAllowsWhatIsDoneWithItAlready() {
    near.bind("a", 1);
    near.close();
    near.unbind("a");
    near.unbind("b");
    assertThat(near.peers().collectList().block()).isEmpty();
    near.close();
  }

  @Test
  void theArgumentsOfAClosedSideAreCheckedFirst() {
    near.close();
    assertThatThrownBy(() -> near.bind(null, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
    assertThatThrownBy(() -> near.bind("a", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("target");
    assertThatThrownBy(() -> near.connect(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("uri");
  }

  @Test
  void whatConnectsWhileItsSideClosesIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.running(ScriptedServer.silent())) {
      CompletableFuture<Peer> connecting = near.connect(server.uri("tcp")).toFuture();
      await().until(() -> farsideSessions(near) == 1);
      near.close();
      assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(CLOSED);
    }
  }

  /** Whether its thread that reclaims runs: it does while there are sessions. */
  private static long farsideSessions(Farside side) {
    assertThat(side).isNotNull();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("farside-reclaimer"))
        .limit(1)
        .count();
  }

  @Test
  void aListenerThatBeginsWhileItsSideClosesIsClosed() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      Farside side = Farside.create();
      var begun = new CountDownLatch(1);
      CompletableFuture<Listener> listening =
          side.listen(ANYWHERE).doOnSubscribe(s -> begun.countDown()).toFuture();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      side.close();
      Listener listener;
      try {
        listener = listening.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(IllegalStateException.class).hasMessage(CLOSED);
        continue;
      } catch (java.util.concurrent.TimeoutException e) {
        throw new AssertionError(e);
      }
      listener.onClose().block();
    }
  }

  private static Map<String, ThrowingCallable> operationsOfAPeer(Peer peer) {
    Bell bell = peer.lookup("bell", Bell.class);
    var operations = new LinkedHashMap<String, ThrowingCallable>();
    operations.put("a call", bell::ring);
    operations.put("a call of what is looked up now", () -> peer.lookup("bell", Bell.class).ring());
    operations.put("names", peer::names);
    operations.put("create", () -> peer.create(ArrayList.class));
    operations.put(
        "a constructor",
        () -> peer.<Integer, ArrayList<String>>importFunction(ArrayList::new).apply(1));
    operations.put(
        "a static method", () -> peer.importStatic(Integer.class, Integers.class).parseInt("1"));
    operations.put("a mono", () -> Remote.as(bell, ReactiveBell.class).ring().block());
    operations.put("a flux", () -> Remote.as(bell, ManyBells.class).ring().blockLast());
    operations.put("a stream", () -> Remote.as(bell, StreamOfBells.class).ring().toList());
    operations.put("an expression", () -> Remote.async(bell, Bell::ring).block());
    operations.put("a call by name", () -> Remote.ref(bell).call("ring").block());
    operations.put("a stream by name", () -> Remote.ref(bell).stream("ring").blockLast());
    return operations;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverIsAskedOfAClosedPeerSaysWhoClosedIt(boolean byUs) {
    Listener listener = far.listenNow(ANYWHERE);
    Peer peer = near.connectNow(listener.uri());
    Map<String, ThrowingCallable> operations = operationsOfAPeer(peer);
    if (byUs) {
      peer.close();
    } else {
      listener.close();
      peer.onClose().block();
    }
    String message =
        "The connection to "
            + peer
            + " was closed by "
            + (byUs ? "this side" : "the peer")
            + "; connect again and look up anew";
    operations.forEach(
        (name, operation) ->
            assertThatThrownBy(operation)
                .as(name)
                .isInstanceOf(ConnectionLostException.class)
                .hasMessage(message));
    assertThat(peer.stats().pendingCalls()).isZero();
  }

  /** Calls its other half until the depth is reached. */
  public interface Half {
    int descend(int depth, Half other);
  }

  /** Calls to and fro; this side's half does something at the end. */
  private static final class DeepHalf implements Half {
    private final Runnable atTheEnd;

    DeepHalf(Runnable atTheEnd) {
      this.atTheEnd = atTheEnd;
    }

    @Override
    public int descend(int depth, Half other) {
      if (depth == 0) {
        atTheEnd.run();
        return 0;
      }
      return 1 + other.descend(depth - 1, this);
    }
  }

  @Test
  void aCallThatIsNestedDeepSaysThatItsSideIsClosed() {
    far.bind("half", new DeepHalf(() -> {}));
    Peer peer = near.connectNow(far.listenNow(ANYWHERE).uri());
    Half remote = peer.lookup("half", Half.class);
    Bell bell = peer.lookup("bell", Bell.class);
    var thrown = new CompletableFuture<Throwable>();
    var half =
        new DeepHalf(
            () -> {
              near.close();
              thrown.complete(catchThrowable(bell::ring));
            });
    assertThatThrownBy(() -> remote.descend(101, half)).isInstanceOf(ConnectionLostException.class);
    assertThat(thrown.join())
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(
            "The connection to %s was closed by this side; connect again and look up anew", peer);
    assertThat(peer.stats().pendingCalls()).isZero();
  }

  @Test
  void aFutureOfAClosedPeerFails() {
    Peer peer = near.connectNow(far.listenNow(ANYWHERE).uri());
    LaterBell later = peer.lookup("bell", LaterBell.class);
    assertThat(later.ring().join()).isEqualTo(1);
    peer.close();
    assertThatThrownBy(() -> later.ring().get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void whatAClosedPeerKnowsItStillTells() {
    Peer peer = near.connectNow(far.listenNow(ANYWHERE).uri());
    Bell bell = peer.lookup("bell", Bell.class);
    bell.ring();
    PeerStats before = peer.stats();
    assertThat(before.requestsSent()).isPositive();
    peer.close();
    assertThat(peer.stats().requestsSent()).isGreaterThanOrEqualTo(before.requestsSent());
    assertThat(peer.stats().exports()).isZero();
    assertThat(peer.stats().imports()).isZero();
    assertThat(bell.toString()).isEqualTo("\"bell\"@" + peer + " (disconnected)");
    assertThat(List.of(bell)).contains(bell);
    assertThat(Remote.ref(bell).peer()).isSameAs(peer);
    assertThat(Remote.as(bell, ReactiveBell.class)).isNotNull();
    Remote.release(bell);
    peer.onClose().block();
    peer.close();
  }

  @Test
  void aClosedListenerStillTellsWhereItWas() {
    Listener listener = far.listenNow(ANYWHERE);
    String uri = listener.uri();
    listener.close();
    assertThat(listener.uri()).isEqualTo(uri);
    listener.join();
    listener.onClose().block();
    listener.close();
    assertThatThrownBy(() -> near.connectNow(uri))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageStartingWith("Nobody answers at " + uri + " (");
    try (Listener again = far.listenNow(uri)) {
      assertThat(near.connectNow(again.uri()).names()).isEqualTo(java.util.Set.of("bell"));
    }
  }
}
