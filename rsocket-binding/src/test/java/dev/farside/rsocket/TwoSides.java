package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import dev.farside.PeerStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two connected sides in this JVM, for one test. Register it as an instance extension:
 *
 * <pre>{@code
 * @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);
 *
 * @Test
 * void addsThere() {
 *   assertThat(sides.lookup(new PlainCalculator(), Calculator.class).add(1, 2)).isEqualTo(3);
 * }
 * }</pre>
 *
 * <p>After each test, once the test's own objects are garbage, both reference tables must be at
 * their base and no call pending, whatever the test did; then everything is closed.
 */
final class TwoSides implements AfterEachCallback {
  /** How the two sides are connected. */
  enum Transport {
    TCP("tcp://127.0.0.1:0"),
    WEB_SOCKET("ws://127.0.0.1:0/farside"),
    LOCAL("local://");

    private final String uri;

    Transport(String uri) {
      this.uri = uri;
    }

    String uri() {
      return this == LOCAL ? uri + UUID.randomUUID() : uri;
    }
  }

  /**
   * How long garbage is collected: longer than an idle worker lives, for HotSpot now and then keeps
   * what a thread has thrown last, until it ends.
   */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Transport transport;
  private Consumer<Farside.Builder> farSettings = builder -> {};
  private Consumer<Farside.Builder> nearSettings = builder -> {};
  private final List<String> lookedUp = new ArrayList<>();
  private Connected connected;

  private record Connected(
      Farside near, Farside far, Listener listener, Peer nearPeer, Peer farPeer) {}

  private TwoSides(Transport transport) {
    this.transport = transport;
  }

  static TwoSides over(Transport transport) {
    return new TwoSides(transport);
  }

  /** Settings of the side that listens, made before it is first used. */
  TwoSides far(Consumer<Farside.Builder> settings) {
    farSettings = farSettings.andThen(settings);
    return this;
  }

  /** Settings of the side that connects, made before it is first used. */
  TwoSides near(Consumer<Farside.Builder> settings) {
    nearSettings = nearSettings.andThen(settings);
    return this;
  }

  /** The side that connected. */
  Farside near() {
    return connected().near;
  }

  /** The side that listens. */
  Farside far() {
    return connected().far;
  }

  /** The far side as the near side sees it. */
  Peer peer() {
    return connected().nearPeer;
  }

  /** The near side as the far side sees it. */
  Peer peerOfFar() {
    return connected().farPeer;
  }

  Listener listener() {
    return connected().listener;
  }

  /** A proxy, at the near side, of an object that is bound at the far side until the test ends. */
  <T> T lookup(Object target, Class<T> face) {
    String name = "object" + UUID.randomUUID();
    far().bind(name, target);
    lookedUp.add(name);
    return peer().lookup(name, face);
  }

  private Connected connected() {
    if (connected == null) {
      connected = connect();
    }
    return connected;
  }

  private Connected connect() {
    var farPeer = new CompletableFuture<Peer>();
    Farside.Builder farBuilder = Farside.builder().onPeer(farPeer::complete);
    farSettings.accept(farBuilder);
    Farside far = farBuilder.build();
    Farside.Builder nearBuilder = Farside.builder();
    nearSettings.accept(nearBuilder);
    Farside near = nearBuilder.build();
    Listener listener = far.listenNow(transport.uri());
    Peer nearPeer = near.connectNow(listener.uri());
    return new Connected(
        near, far, listener, nearPeer, farPeer.orTimeout(10, TimeUnit.SECONDS).join());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (connected == null) {
      return;
    }
    try {
      lookedUp.forEach(connected.far::unbind);
      assertTablesAtBase();
    } finally {
      connected.near.close();
      connected.far.close();
      connected = null;
    }
  }

  /** Collects garbage until nothing is held and nothing pending on either side. */
  void assertTablesAtBase() {
    for (Peer peer : List.of(connected().nearPeer, connected().farPeer)) {
      Awaitility.await("tables of " + peer)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .untilAsserted(() -> assertAtBase(peer));
    }
  }

  private static void assertAtBase(Peer peer) {
    System.gc();
    assertAtBase(peer.toString(), peer.stats());
  }

  /** That nothing is held and nothing pending. */
  static void assertAtBase(String peer, PeerStats stats) {
    var held = new ArrayList<String>();
    if (stats.exports() != 0) {
      held.add(stats.exports() + " exports");
    }
    if (stats.imports() != 0) {
      held.add(stats.imports() + " imports");
    }
    if (stats.pendingCalls() != 0) {
      held.add(stats.pendingCalls() + " pending calls");
    }
    assertThat(held).as("still held by %s", peer).isEmpty();
  }
}
