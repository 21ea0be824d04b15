package dev.farside.conformance;

/** Where the objects of a test live. */
enum Place {
  /** In this JVM, plainly: no Farside is involved. */
  HERE,
  /** In this JVM, at another side. */
  LOCAL,
  /** In another JVM, which listens. */
  TCP,
  /** In another JVM, which connected to this one. */
  TCP_CONNECTED_FROM_THERE,
  /** In another JVM, which listens for WebSockets. */
  WS,
  /** In another JVM, which connected to this one by WebSocket. */
  WS_CONNECTED_FROM_THERE
}
