package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.ConnectionLostException;
import dev.farside.FarsideException;
import dev.farside.Listener;
import dev.farside.ProtocolException;
import dev.farside.codec.Header;
import dev.farside.codec.Message;
import io.rsocket.ConnectionSetupPayload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.core.RSocketServer;
import io.rsocket.exceptions.RejectedSetupException;
import io.rsocket.frame.decoder.PayloadDecoder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Makes sessions of RSocket connections, as client and as server. */
final class RSocketConnections {
  private static final String METADATA = "application/x-farside.v1";
  private static final String DATA = "application/msgpack";
  private static final int FRAGMENT_BYTES = 64 << 10;
  private static final Duration GREETING_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** Room for RSocket's own framing of the largest message. */
  private static final int FRAMING_BYTES = 1 << 16;

  /** RSocket refuses to accept less than the largest frame that its transports accept. */
  private static final int MAX_FRAME_BYTES = 0xFFFFFF;

  private RSocketConnections() {}

  static Mono<Session> connect(Side side, String uri) {
    return Mono.defer(
        () -> {
          RSocketTransport transport = RSocketTransport.of(uri);
          var session = new AtomicReference<@Nullable Session>();
          var accepted = new AtomicBoolean();
          return RSocketConnector.create()
              .metadataMimeType(METADATA)
              .dataMimeType(DATA)
              .keepAlive(KEEP_ALIVE, SILENCE)
              .fragment(FRAGMENT_BYTES)
              .maxInboundPayloadSize(maxPayload(side))
              .payloadDecoder(PayloadDecoder.ZERO_COPY)
              .setupPayload(Mono.fromSupplier(() -> Payloads.of(hello(side))))
              .acceptor((setup, socket) -> accept(side, transport, uri, socket, session::set))
              .connect(transport.client().apply(() -> accepted.set(true)))
              .timeout(GREETING_TIMEOUT)
              .flatMap(socket -> greet(requireNonNull(session.get(), "session")))
              .onErrorMap(e -> RSocketFailures.notConnected(uri, accepted.get(), e));
        });
  }

  private static Frame hello(Side side) {
    return Marshaller.frame(
        new Message.Hello(Session.VERSION, Session.VERSION, side.settings().limits()));
  }

  private static void remember(Session session, Set<Session> sessions) {
    sessions.add(session);
    session.onClose().subscribe(null, null, () -> sessions.remove(session));
  }

  private static Mono<RSocket> accept(
      Side side, RSocketTransport transport, String name, RSocket socket, Consumer<Session> made) {
    var traffic = new Traffic();
    var ending = new RSocketEnding(name, transport.breaks());
    var session = new Session(side, name, new RSocketLink(socket, traffic, ending), traffic);
    made.accept(session);
    return Mono.just(new RSocketResponder(session, traffic, ending));
  }

  private static Mono<Session> greet(Session session) {
    return session
        .greet()
        .timeout(GREETING_TIMEOUT)
        .doOnError(e -> session.link().close())
        .doOnCancel(() -> session.link().close());
  }

  static Mono<Listener> listen(Side side, String uri) {
    return Mono.defer(
        () -> {
          RSocketTransport transport = RSocketTransport.of(uri);
          Set<Session> sessions = ConcurrentHashMap.newKeySet();
          Sinks.One<String> address = Sinks.one();
          return RSocketServer.create(acceptor(side, transport, address.asMono(), sessions))
              .fragment(FRAGMENT_BYTES)
              .maxInboundPayloadSize(maxPayload(side))
              .payloadDecoder(PayloadDecoder.ZERO_COPY)
              .bind(transport.server())
              .map(server -> (Listener) new RSocketListener(side, server, transport, sessions))
              .doOnNext(listener -> address.tryEmitValue(listener.uri()))
              .onErrorMap(e -> notFree(uri, e));
        });
  }

  private static SocketAcceptor acceptor(
      Side side, RSocketTransport transport, Mono<String> address, Set<Session> sessions) {
    var count = new AtomicLong();
    return (setup, socket) -> {
      try {
        checkGreeting(setup, side);
      } catch (FarsideException e) {
        return Mono.error(new RejectedSetupException(e.getMessage()));
      }
      return address
          .map(uri -> "client " + count.incrementAndGet() + " of " + uri)
          .flatMap(
              name ->
                  accept(side, transport, name, socket, session -> remember(session, sessions)));
    };
  }

  private static void checkGreeting(ConnectionSetupPayload setup, Side side) {
    Frame frame = Payloads.toFrame(setup.retain());
    Header header = Header.parse(frame.header(), side.settings().limits());
    if (!METADATA.equals(setup.metadataMimeType())
        || !(header.message() instanceof Message.Hello)) {
      throw new ProtocolException(
          "This is a Farside listener; the connection speaks another protocol");
    }
  }

  private static Throwable notFree(String uri, Throwable cause) {
    return new ConnectionLostException(
        "Cannot listen at " + uri + " (" + cause.getMessage() + "); is the address in use?", cause);
  }

  private static int maxPayload(Side side) {
    long largest = (long) side.settings().limits().messageSize() + FRAMING_BYTES;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(largest, MAX_FRAME_BYTES));
  }
}
