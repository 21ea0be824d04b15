package dev.farside.rsocket;

import dev.farside.Farside;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session with nobody. Counts, for each thread, what it has sent. */
final class SilentSession {
  private static final ThreadLocal<int[]> SENT = ThreadLocal.withInitial(() -> new int[1]);

  static final Session SESSION =
      new Session((Side) Farside.create(), "nobody", new NoLink(), new Traffic());

  private SilentSession() {}

  /** What the current thread has sent since it last asked. */
  static int sent() {
    int[] sent = SENT.get();
    int count = sent[0];
    sent[0] = 0;
    return count;
  }

  private static final class NoLink implements Link {
    @Override
    public Mono<Frame> request(Frame frame) {
      return Mono.never();
    }

    @Override
    public Flux<Frame> stream(Frame frame) {
      return Flux.never();
    }

    @Override
    public Flux<Frame> channel(Publisher<Frame> frames) {
      return Flux.never();
    }

    @Override
    public void send(Frame frame) {
      SENT.get()[0]++;
    }

    @Override
    public Mono<Void> onClose() {
      return Mono.never();
    }

    @Override
    public boolean hasEnded() {
      return false;
    }

    @Override
    public void close() {}
  }
}
