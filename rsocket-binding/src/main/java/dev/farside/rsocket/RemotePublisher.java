package dev.farside.rsocket;

/** A publisher or future that stands for one of the peer's. */
interface RemotePublisher {
  /** What it stands for. */
  RemoteObject remote();
}
