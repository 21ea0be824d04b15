package dev.farside.rsocket;

/**
 * A message as bytes. Holds what the message refers to, so that nothing of it is released before it
 * was sent.
 */
final class Frame {
  static final byte[] NO_BODY = {};

  private final byte[] header;
  private final byte[] body;

  @SuppressWarnings({"unused", "FieldCanBeLocal"}) // read by the garbage collector
  private final Object kept;

  Frame(byte[] header, byte[] body, Object kept) {
    this.header = header;
    this.body = body;
    this.kept = kept;
  }

  Frame(byte[] header, byte[] body) {
    this(header, body, header);
  }

  byte[] header() {
    return header;
  }

  byte[] body() {
    return body;
  }

  int size() {
    return header.length + body.length;
  }
}
