package dev.farside.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.ByteBufPayload;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same services, written by hand on RSocket; settings as Farside has them. */
record RawServer(CloseableChannel channel) implements Server {
  static final int FRAGMENT_BYTES = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static RawServer start() {
    return new RawServer(
        Objects.requireNonNull(
            RSocketServer.create(SocketAcceptor.with(new Responder()))
                .fragment(FRAGMENT_BYTES)
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .bind(TcpServerTransport.create("127.0.0.1", 0))
                .block(PATIENCE)));
  }

  @Override
  public String address() {
    return String.valueOf(channel.address().getPort());
  }

  @Override
  public void close() {
    channel.dispose();
  }

  private static final class Responder implements RSocket {
    @Override
    public Mono<Payload> requestResponse(Payload payload) {
      return Mono.just(ByteBufPayload.create(text(payload)));
    }

    /** A number is a request to count that far, all else is the path of a file. */
    @Override
    public Flux<Payload> requestStream(Payload payload) {
      String request = text(payload);
      return request.chars().allMatch(Character::isDigit)
          ? Flux.range(0, Integer.parseInt(request)).map(Responder::number)
          : Chunks.of(request).map(c -> ByteBufPayload.create(Unpooled.wrappedBuffer(c)));
    }

    private static Payload number(int value) {
      return ByteBufPayload.create(ByteBufAllocator.DEFAULT.buffer(4).writeInt(value));
    }
  }

  static String text(Payload payload) {
    try {
      return payload.getDataUtf8();
    } finally {
      payload.release();
    }
  }
}
