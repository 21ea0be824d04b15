package dev.farside.conformance;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.rsocket.OtherJvm;
import dev.farside.rsocket.TwoJvms;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection to each {@link Place}, for all tests. */
final class Connections implements AutoCloseable {
  private final Map<Place, Peer> peers = new EnumMap<>(Place.class);
  private final BlockingQueue<Peer> arrived = new LinkedBlockingQueue<>();
  private final Farside near = Farside.builder().onPeer(arrived::add).build();
  private final Farside far = Elsewhere.side();
  private final OtherJvm other = OtherJvm.running(Elsewhere.class);

  Connections() {
    connect(Place.TCP, other.uri());
    connect(Place.WS, other.nextLine());
    connectFromThere(Place.TCP_CONNECTED_FROM_THERE, "tcp://127.0.0.1:0");
    connectFromThere(Place.WS_CONNECTED_FROM_THERE, "ws://127.0.0.1:0/conformance");
    connect(Place.LOCAL, far.listenNow("local://" + UUID.randomUUID()).uri());
  }

  private void connect(Place place, String uri) {
    peers.put(place, near.connectNow(uri));
    arrival(); // of the peer that we have already
  }

  private void connectFromThere(Place place, String uri) {
    other.tell(near.listenNow(uri).uri());
    peers.put(place, arrival());
  }

  private Peer arrival() {
    try {
      return Objects.requireNonNull(arrived.poll(20, TimeUnit.SECONDS), "nobody connected");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The connection to a place; null for {@link Place#HERE}. */
  Peer peer(Place place) {
    return peers.get(place);
  }

  /** A new object at that place. */
  Object make(Place place, Class<?> type) {
    Maker maker =
        place == Place.HERE ? new Elsewhere.PlainMaker() : peer(place).lookup("maker", Maker.class);
    return maker.make(type.getName());
  }

  void assertTablesAtBase() {
    peers.values().forEach(TwoJvms::assertTablesAtBase);
  }

  @Override
  public void close() {
    near.close();
    far.close();
    other.close();
  }
}
