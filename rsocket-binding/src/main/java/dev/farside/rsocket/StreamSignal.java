package dev.farside.rsocket;

/** What can come between or instead of items, where publishers have no words for it. */
enum StreamSignal {
  /** An item that is null; instead of {@link #OPENED}, a stream that is null. */
  NULL,
  /** The method that gives the stream has returned. */
  OPENED
}
