package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.Header;
import dev.farside.codec.Limits;
import dev.farside.codec.Message;
import dev.farside.codec.MethodKey;
import dev.farside.codec.Target;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.ByteBufPayload;
import io.rsocket.util.DefaultPayload;
import java.net.URI;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A peer that speaks RSocket, and of our own protocol what it likes. */
final class RawPeer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] NOTHING = {};

  private final RSocket socket;

  private RawPeer(RSocket socket) {
    this.socket = socket;
  }

  static byte[] hello(int minVersion, int maxVersion) {
    return Header.of(new Message.Hello(minVersion, maxVersion, Limits.DEFAULT)).toBytes();
  }

  /** A call by name of what is bound to a name, without arguments. */
  static byte[] call(long id, Target target, String method) {
    return Header.of(
            new Message.Call(
                id,
                target,
                new MethodKey.Name(method),
                new CallOptions(CallOptions.COPY_COLLECTIONS),
                null,
                0,
                0))
        .toBytes();
  }

  /** Connects with a greeting of its own making. */
  static RawPeer connect(String uri, String mimeType, byte[] greeting) {
    URI address = URI.create(uri);
    return new RawPeer(
        RSocketConnector.create()
            .metadataMimeType(mimeType)
            .dataMimeType("application/msgpack")
            .setupPayload(DefaultPayload.create(NOTHING, greeting))
            .connect(TcpClientTransport.create(address.getHost(), address.getPort()))
            .block(PATIENCE));
  }

  /** Connects and greets as it should. */
  static RawPeer greeted(String uri) {
    RawPeer peer = connect(uri, "application/x-farside.v1", hello(1, 1));
    peer.request(hello(1, 1), NOTHING);
    return peer;
  }

  /** What came back: a header, or the text of a failure. */
  String request(byte[] header, byte[] body) {
    return socket
        .requestResponse(payload(header, body))
        .map(RawPeer::kind)
        .onErrorResume(e -> Mono.just(String.valueOf(e.getMessage())))
        .defaultIfEmpty("nothing")
        .block(PATIENCE);
  }

  /** The first thing that came back of a stream. */
  String stream(byte[] header, byte[] body) {
    return first(socket.requestStream(payload(header, body)));
  }

  /** The first thing that came back of a channel. */
  String channel(byte[] header, byte[] body) {
    return first(socket.requestChannel(Flux.just(payload(header, body))));
  }

  private static String first(Flux<Payload> payloads) {
    return payloads
        .map(RawPeer::kind)
        .onErrorResume(e -> Mono.just(String.valueOf(e.getMessage())))
        .next()
        .defaultIfEmpty("nothing")
        .block(PATIENCE);
  }

  void send(byte[] header, byte[] body) {
    socket.fireAndForget(payload(header, body)).block(PATIENCE);
  }

  void push(byte[] metadata) {
    socket.metadataPush(ByteBufPayload.create(NOTHING, metadata)).block(PATIENCE);
  }

  Publisher<Void> onClose() {
    return socket.onClose();
  }

  boolean isClosed() {
    return socket.isDisposed();
  }

  private static Payload payload(byte[] header, byte[] body) {
    return ByteBufPayload.create(body, header);
  }

  private static String kind(Payload payload) {
    Frame frame = Payloads.toFrame(payload);
    return Header.parse(frame.header(), Limits.DEFAULT).message().getClass().getSimpleName();
  }

  @Override
  public void close() {
    socket.dispose();
    socket.onClose().onErrorComplete().block(PATIENCE);
  }
}
