package dev.farside.codec;

import dev.farside.ProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;
import org.msgpack.value.ValueType;

/**
 * Reads the parts of which values consist, one message at a time; reused. Never allocates more than
 * the message's own size at a peer's word. Not thread-safe.
 */
abstract class PartReader {
  /** The body of no message. */
  static final byte[] NOTHING = {};

  private final ArrayBufferInput input = new ArrayBufferInput(NOTHING);
  private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(input);
  private int length;

  /** A part that is neither a plain value nor a list. */
  @SuppressWarnings("ArrayRecordComponent") // it is read once, and never compared
  record Extension(int type, byte[] payload) {}

  private interface Reading<T> {
    T from(MessageUnpacker unpacker) throws IOException;
  }

  /** Begins a message. */
  final void restart(byte[] body) {
    input.reset(body);
    length = body.length;
    try {
      unpacker.reset(input);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  final void finish() {
    if (remaining() != 0) {
      throw malformed("bytes are left over");
    }
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.from(unpacker);
    } catch (IOException | MessagePackException e) {
      throw malformed(e);
    }
  }

  /** What the next part begins with. */
  final MessageFormat nextFormat() {
    return read(MessageUnpacker::getNextFormat);
  }

  /** Of which kind the next part is. */
  final ValueType nextType() {
    return read(unpacker -> unpacker.getNextFormat().getValueType());
  }

  /** A part that is nothing. */
  final void nil() {
    try {
      unpacker.unpackNil();
    } catch (IOException | MessagePackException e) {
      throw malformed(e);
    }
  }

  /** A part that is true or false. */
  final Boolean bool() {
    return read(MessageUnpacker::unpackBoolean);
  }

  /** A part that is a whole number. */
  final int integer() {
    try {
      return unpacker.unpackInt();
    } catch (IOException | MessagePackException e) {
      throw malformed(e);
    }
  }

  /** A part that is a {@code Float} or a {@code Double}. */
  final Object floating() {
    return nextFormat() == MessageFormat.FLOAT32
        ? read(MessageUnpacker::unpackFloat)
        : read(MessageUnpacker::unpackDouble);
  }

  /** A part that is a text of valid characters. */
  final String string() {
    int size = checked(read(MessageUnpacker::unpackRawStringHeader));
    return new String(payload(size), StandardCharsets.UTF_8);
  }

  /** The size of the list of parts that begins here. */
  final int list() {
    return checked(read(MessageUnpacker::unpackArrayHeader));
  }

  /** A part that is bytes. */
  final byte[] bytes() {
    return payload(checked(read(MessageUnpacker::unpackBinaryHeader)));
  }

  /** A part of another kind. */
  final Extension extension() {
    ExtensionTypeHeader header = read(MessageUnpacker::unpackExtensionTypeHeader);
    return new Extension(header.getType(), payload(checked(header.getLength())));
  }

  /** A part that is a reference, to be resolved if it is needed. */
  final int handle() {
    Extension part = extension();
    int size = part.payload.length;
    if (part.type != Extensions.REFERENCE || size == 0 || size > 4) {
      throw malformed("a reference was expected");
    }
    return index(Extensions.number(part.payload));
  }

  /** The index of a reference. */
  final int index(long number) {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw malformed("a reference has the index " + number);
    }
    return (int) number;
  }

  /** Checks how many parts a composite value has. */
  final void exactly(int expected, int parts, String what) {
    if (parts != expected) {
      throw malformed(what + " has " + parts + " parts");
    }
  }

  /** Checks how many parts a composite value has. */
  final void atLeast(int expected, int parts, String what) {
    if (parts < expected) {
      throw malformed(what + " has " + parts + " parts");
    }
  }

  /** Our error for bytes that no encoder writes. */
  final ProtocolException malformed(String what) {
    return new ProtocolException(where() + what);
  }

  private ProtocolException malformed(Exception cause) {
    boolean ended = cause instanceof MessageInsufficientBufferException;
    return new ProtocolException(
        where() + (ended ? "it ends too early" : cause.getMessage()), cause);
  }

  private String where() {
    return "Malformed message body at byte "
        + unpacker.getTotalReadBytes()
        + " of "
        + length
        + ": ";
  }

  private byte[] payload(int size) {
    try {
      return unpacker.readPayload(size);
    } catch (IOException | MessagePackException e) {
      throw malformed(e);
    }
  }

  private int checked(int size) {
    if (size < 0 || size > remaining()) {
      throw malformed(
          "a part claims " + size + " elements or bytes, but " + remaining() + " bytes remain");
    }
    return size;
  }

  /** Bytes that were not read yet. */
  final long remaining() {
    return length - unpacker.getTotalReadBytes();
  }
}
