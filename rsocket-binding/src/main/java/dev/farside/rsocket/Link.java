package dev.farside.rsocket;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One connection, as a session uses it. Frames that one thread sends arrive in the order in which
 * it sent them; a frame is on its way when the call that sends it returns. Thread-safe.
 */
interface Link {
  /** Sends when subscribed; one frame comes back. */
  Mono<Frame> request(Frame frame);

  /** Sends when first requested; frames come back within demand. */
  Flux<Frame> stream(Frame frame);

  /** Sends the frames of a publisher; frames come back within demand. */
  Flux<Frame> channel(Publisher<Frame> frames);

  /** Sends now; nothing comes back. */
  void send(Frame frame);

  /** Completes when the connection has ended, however. */
  Mono<Void> onClose();

  /** Whether the connection has ended or is about to. */
  boolean hasEnded();

  /** Ends the connection. */
  void close();
}
