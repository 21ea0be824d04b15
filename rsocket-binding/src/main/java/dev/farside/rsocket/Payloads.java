package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.util.ByteBufPayload;

/** Frames as RSocket payloads: the header is the metadata, the body the data. */
final class Payloads {
  /** What is larger will be sent, and copied, piece by piece. */
  private static final int MAX_COPIED = 64 << 10;

  private Payloads() {}

  static Payload of(Frame frame) {
    return ByteBufPayload.create(buffer(frame.body()), buffer(frame.header()));
  }

  /** Where the transport can send from: it would copy an array twice to get it there. */
  private static ByteBuf buffer(byte[] bytes) {
    return bytes.length > MAX_COPIED
        ? Unpooled.wrappedBuffer(bytes)
        : ByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes);
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
