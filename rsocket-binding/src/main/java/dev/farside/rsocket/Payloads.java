package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.util.ByteBufPayload;

/** Frames as RSocket payloads: the header is the metadata, the body the data. */
final class Payloads {
  private Payloads() {}

  static Payload of(Frame frame) {
    return ByteBufPayload.create(
        Unpooled.wrappedBuffer(frame.body()), Unpooled.wrappedBuffer(frame.header()));
  }

  /** Copies the payload's bytes and releases it. */
  static Frame toFrame(Payload payload) {
    try {
      return new Frame(bytes(payload.sliceMetadata()), bytes(payload.sliceData()));
    } finally {
      payload.release();
    }
  }

  private static byte[] bytes(ByteBuf buffer) {
    return ByteBufUtil.getBytes(buffer);
  }
}
