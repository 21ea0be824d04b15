package dev.farside.rsocket;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.RSocketErrorException;
import java.lang.ref.Reference;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Our half of an RSocket connection: what we send. Thread-safe. */
final class RSocketLink implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(RSocketLink.class);

  /**
   * A channel that has been answered while its input went on is told once more when the connection
   * ends. The key is Reactor's for a handler of one subscription; without it, Reactor logs an
   * error.
   */
  private static final Context LATE_FAILURES =
      Context.of("reactor.onErrorDropped.local", (Consumer<Throwable>) RSocketLink::late);

  private final RSocket socket;
  private final Traffic traffic;
  private final RSocketEnding ending;
  private final Function<? super Publisher<Payload>, ? extends Publisher<Frame>> inbound;
  private final Function<? super Publisher<Frame>, ? extends Publisher<Payload>> outbound;

  RSocketLink(RSocket socket, Traffic traffic, RSocketEnding ending) {
    this.socket = socket;
    this.traffic = traffic;
    this.ending = ending;
    this.inbound = RSocketInbound.of(traffic, ending);
    this.outbound = RSocketOutbound.of(traffic);
  }

  @Override
  public Mono<Frame> request(Frame frame) {
    traffic.requestSent(frame);
    return socket.requestResponse(Payloads.of(frame)).transform(inbound);
  }

  @Override
  public Flux<Frame> stream(Frame frame) {
    Flux<Payload> payloads =
        Flux.defer(
            () -> {
              traffic.requestSent(frame);
              return socket.requestStream(Payloads.of(frame));
            });
    return payloads.transform(inbound);
  }

  @Override
  public Flux<Frame> channel(Publisher<Frame> frames) {
    return socket
        .requestChannel(outbound.apply(frames))
        .contextWrite(LATE_FAILURES)
        .transform(inbound);
  }

  @Override
  public void send(Frame frame) {
    traffic.requestSent(frame);
    try {
      socket
          .fireAndForget(Payloads.of(frame))
          .subscribe(null, e -> LOG.debug("A message was lost with its connection", e));
    } finally {
      Reference.reachabilityFence(frame);
    }
  }

  @Override
  public Mono<Void> onClose() {
    return socket.onClose().onErrorComplete();
  }

  @Override
  public boolean hasEnded() {
    return socket.isDisposed();
  }

  @Override
  public void close() {
    if (!socket.isDisposed()) {
      ending.byUs();
    }
    socket.dispose();
  }

  private static void late(Throwable failure) {
    if (failure instanceof ClosedChannelException || failure instanceof RSocketErrorException) {
      LOG.debug("The connection has ended after a channel was answered", failure);
    } else {
      LOG.error("A publisher failed after its subscription had ended", failure);
    }
  }
}
