package dev.farside.rsocket;

/** A publisher or future that stands for one of the peer's. */
interface RemotePublisher {
  /** What it stands for. */
  RemoteObject remote();

  /** Called when it is handed out, outside of any lock: what is eager begins. */
  default void start() {}
}
