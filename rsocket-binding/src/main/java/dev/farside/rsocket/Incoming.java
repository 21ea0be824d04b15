package dev.farside.rsocket;

import dev.farside.codec.Message;

/**
 * A message that came in: header parsed and references counted, body as it is. To be closed once
 * the body was decoded, or will not be.
 */
final class Incoming implements AutoCloseable {
  private final Message message;
  private final IncomingReferences references;
  private final byte[] body;

  Incoming(Message message, IncomingReferences references, byte[] body) {
    this.message = message;
    this.references = references;
    this.body = body;
  }

  Message message() {
    return message;
  }

  IncomingReferences references() {
    return references;
  }

  byte[] body() {
    return body;
  }

  @Override
  public void close() {
    references.close();
  }
}
