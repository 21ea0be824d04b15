package dev.farside.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * Writes the parts of which values consist, as MessagePack, one message at a time; reused. Not
 * thread-safe.
 */
abstract class PartWriter {
  private final GrowingOutput out = new GrowingOutput();
  private final MessagePacker main = MessagePack.newDefaultPacker(out);
  private final Map<String, Integer> typeTexts = new HashMap<>();
  private MessagePacker packer = main;

  /** Begins a message; counts its bytes from zero. */
  final void restart(Limits limits) {
    out.reset(limits);
    packer = main;
    typeTexts.clear();
    try {
      packer.reset(out); // a finished packer has none left to write
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final byte[] toBytes() {
    try {
      packer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Bytes written so far, those still in the packer's buffer left out. */
  final long size() {
    return packer.getTotalWrittenBytes();
  }

  /** Has parts written that come after all that was written, but only if none of them fails. */
  final void aside(Runnable parts, Limits limits) {
    MessagePacker around = packer;
    var aside = new GrowingOutput();
    aside.reset(limits);
    packer = MessagePack.newDefaultPacker(aside);
    try {
      parts.run();
      packer.flush();
      if (aside.length() > limits.messageSize() - around.getTotalWrittenBytes()) {
        throw limits.exceeded();
      }
      around.writePayload(aside.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      packer = around;
    }
  }

  /** How many names of types have been written in full. */
  final int typeCount() {
    return typeTexts.size();
  }

  /** Forgets all names of types but the first. */
  final void truncateTypes(int count) {
    typeTexts.values().removeIf(number -> number >= count);
  }

  /** Writes a value that is no object with parts; false if it is one. */
  final boolean scalar(@Nullable Object value) {
    try {
      return Scalars.write(value, packer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value that was written before. */
  final void back(int number) {
    Extensions.write(packer, Extensions.BACK, number);
  }

  /** A reference, as a part. */
  final void handle(int index) {
    Extensions.write(packer, Extensions.REFERENCE, index);
  }

  /** Begins a composite value of {@code parts} parts. */
  final void begin(int tag, int parts) {
    list(parts + 1);
    integer(tag);
  }

  /** Begins a list of parts. */
  final void list(int size) {
    try {
      packer.packArrayHeader(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One whole number as a part. */
  final void integer(int value) {
    try {
      packer.packInt(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One text, or none, as a part. */
  final void text(@Nullable String value) {
    try {
      Scalars.writeText(value, packer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a type as a part: in full at first, then by number. */
  final void type(String text) {
    @Nullable Integer number = typeTexts.putIfAbsent(text, typeTexts.size());
    if (number == null) {
      text(text);
    } else {
      integer(number);
    }
  }

  /** Bytes as a part. */
  final void bytes(byte[] value, int offset, int length) {
    try {
      packer.packBinaryHeader(length);
      packer.writePayload(value, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
