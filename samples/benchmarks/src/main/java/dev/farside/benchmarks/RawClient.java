package dev.farside.benchmarks;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.ByteBufPayload;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls as one writes them by hand on RSocket. */
record RawClient(RSocket socket) implements Client {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So many messages at once; without a bound the server would run away. */
  private static final int DEMAND = 256;

  static RawClient connect(String address) {
    return new RawClient(
        Objects.requireNonNull(
            RSocketConnector.create()
                .fragment(RawServer.FRAGMENT_BYTES)
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .connect(TcpClientTransport.create("127.0.0.1", Integer.parseInt(address)))
                .block(PATIENCE)));
  }

  @Override
  public Mono<String> echo(String text) {
    return Mono.defer(() -> socket.requestResponse(ByteBufPayload.create(text)))
        .map(RawServer::text);
  }

  @Override
  public String echoNow(String text) {
    return Objects.requireNonNull(echo(text).block());
  }

  @Override
  public Flux<Integer> count(int numbers) {
    return socket
        .requestStream(ByteBufPayload.create(Integer.toString(numbers)))
        .limitRate(DEMAND)
        .map(RawClient::number);
  }

  private static int number(Payload payload) {
    int value = payload.data().readInt();
    payload.release();
    return value;
  }

  @Override
  public Flux<Integer> read(String path) {
    return socket.requestStream(ByteBufPayload.create(path)).limitRate(DEMAND).map(RawClient::size);
  }

  private static int size(Payload payload) {
    int bytes = payload.data().readableBytes();
    payload.release();
    return bytes;
  }

  @Override
  public void close() {
    socket.dispose();
  }
}
