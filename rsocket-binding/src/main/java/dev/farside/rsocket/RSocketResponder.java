package dev.farside.rsocket;

import dev.farside.FarsideException;
import io.rsocket.Payload;
import io.rsocket.RSocket;
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

  RSocketResponder(Session session, Traffic traffic) {
    this.session = session;
    this.traffic = traffic;
  }

  @Override
  public Mono<Payload> requestResponse(Payload payload) {
    Frame frame = received(payload);
    try {
      return session
          .dispatcher()
          .request(frame)
          .doOnNext(traffic::sent)
          .map(Payloads::of)
          .onErrorMap(RSocketFailures::toPeer);
    } catch (FarsideException e) {
      return Mono.error(RSocketFailures.toPeer(e));
    }
  }

  @Override
  public Flux<Payload> requestStream(Payload payload) {
    Frame frame = received(payload);
    try {
      return payloads(session.dispatcher().stream(frame));
    } catch (FarsideException e) {
      return Flux.error(RSocketFailures.toPeer(e));
    }
  }

  @Override
  public Flux<Payload> requestChannel(Publisher<Payload> payloads) {
    Flux<Frame> frames =
        Flux.from(payloads)
            .map(Payloads::toFrame)
            .doOnNext(traffic::received)
            .onErrorMap(e -> RSocketFailures.fromPeer(e, session.toString()));
    return payloads(session.dispatcher().channel(frames));
  }

  @Override
  public Mono<Void> fireAndForget(Payload payload) {
    Frame frame = received(payload);
    try {
      session.dispatcher().accept(frame);
    } catch (FarsideException e) {
      LOG.debug("A message of {} was refused", session, e);
    }
    return Mono.empty();
  }

  private Frame received(Payload payload) {
    Frame frame = Payloads.toFrame(payload);
    traffic.requestReceived(frame);
    return frame;
  }

  private Flux<Payload> payloads(Flux<Frame> frames) {
    return frames.doOnNext(traffic::sent).map(Payloads::of).onErrorMap(RSocketFailures::toPeer);
  }
}
