package dev.farside.rsocket;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The peer's half of an RSocket connection: what comes in goes to the dispatcher. */
final class RSocketResponder implements RSocket {
  private static final Logger LOG = LoggerFactory.getLogger(RSocketResponder.class);

  private final Session session;
  private final Traffic traffic;
  private final Function<? super Publisher<Payload>, ? extends Publisher<Frame>> inbound;
  private final Function<? super Publisher<Frame>, ? extends Publisher<Payload>> outbound;

  RSocketResponder(Session session, Traffic traffic, RSocketEnding ending) {
    this.session = session;
    this.traffic = traffic;
    this.inbound = RSocketInbound.of(traffic, ending);
    this.outbound = RSocketOutbound.of(traffic);
  }

  @Override
  public Mono<Payload> requestResponse(Payload payload) {
    Frame frame = received(payload);
    try {
      return session.dispatcher().request(frame).transform(outbound);
    } catch (RuntimeException | Error e) {
      return Mono.error(RSocketFailures.toPeer(e));
    }
  }

  @Override
  public Flux<Payload> requestStream(Payload payload) {
    Frame frame = received(payload);
    try {
      return session.dispatcher().stream(frame).transform(outbound);
    } catch (RuntimeException | Error e) {
      return Flux.error(RSocketFailures.toPeer(e));
    }
  }

  @Override
  public Flux<Payload> requestChannel(Publisher<Payload> payloads) {
    return session.dispatcher().channel(inbound.apply(payloads)).transform(outbound);
  }

  @Override
  public Mono<Void> fireAndForget(Payload payload) {
    Frame frame = received(payload);
    try {
      session.dispatcher().accept(frame);
    } catch (RuntimeException | Error e) {
      LOG.debug("A message of {} was refused", session, e);
    }
    return Mono.empty();
  }

  private Frame received(Payload payload) {
    Frame frame = Payloads.toFrame(payload);
    traffic.requestReceived(frame);
    return frame;
  }
}
