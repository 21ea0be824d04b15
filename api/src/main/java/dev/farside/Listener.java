package dev.farside;

import reactor.core.publisher.Mono;

/** An address at which a side accepts connections. Thread-safe. */
public interface Listener extends AutoCloseable {
  /** Where others connect to, with the real port if 0 was asked for. */
  String uri();

  /** Completes when nobody can connect here any more. */
  Mono<Void> onClose();

  /** Waits until closed; returns early, with the thread's interrupt flag set, if interrupted. */
  void join();

  /** Stops accepting and closes the peers that connected here. Closing again does nothing. */
  @Override
  void close();
}
