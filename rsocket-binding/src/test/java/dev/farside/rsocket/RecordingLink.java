package dev.farside.rsocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A connection on which nobody answers; it remembers what was sent and that it was closed. */
final class RecordingLink implements Link {
  private final List<Frame> sent = new CopyOnWriteArrayList<>();
  private final Sinks.Empty<Void> closed = Sinks.empty();

  List<Frame> sent() {
    return sent;
  }

  @Override
  public Mono<Frame> request(Frame frame) {
    return Mono.<Frame>never().doOnSubscribe(s -> sent.add(frame));
  }

  @Override
  public Flux<Frame> stream(Frame frame) {
    return Flux.<Frame>never().doOnSubscribe(s -> sent.add(frame));
  }

  @Override
  public Flux<Frame> channel(Publisher<Frame> frames) {
    return Flux.from(frames).doOnNext(sent::add).thenMany(Flux.never());
  }

  @Override
  public void send(Frame frame) {
    sent.add(frame);
  }

  @Override
  public Mono<Void> onClose() {
    return closed.asMono();
  }

  @Override
  public boolean hasEnded() {
    return closed.scan(Scannable.Attr.TERMINATED);
  }

  @Override
  public void close() {
    closed.tryEmitEmpty();
  }
}
