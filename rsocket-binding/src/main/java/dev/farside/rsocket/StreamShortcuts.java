package dev.farside.rsocket;

import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** Of the owner of a stream. The caller's side is {@link StreamMethods}. */
final class StreamShortcuts {
  private StreamShortcuts() {}

  /**
   * A stream that its reader has to close, as its elements.
   *
   * @param elements not used yet
   */
  record Held(Stream<?> elements) {}

  /** The elements, each taken when it is wanted. */
  static Held elements(BaseStream<?, ?> stream) {
    return new Held(Streams.of(stream));
  }
}
