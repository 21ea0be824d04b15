package dev.farside.rsocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of the owner of an input stream. The caller's side is {@link ByteMethods}. */
final class InputStreamShortcuts {
  /** So much is read at once at most, in bytes. */
  static final int MAX_READ = 1 << 24;

  private static final int CHUNK = 1 << 15;

  private InputStreamShortcuts() {}

  /** What one {@code read} into an array gives, at most so many bytes; null at the end. */
  static byte @Nullable [] read(InputStream in, int length) throws IOException {
    byte[] buffer = buffer(length);
    return given(buffer, in.read(buffer));
  }

  /** The same of a {@code read} into part of an array. */
  static byte @Nullable [] readPart(InputStream in, int length) throws IOException {
    byte[] buffer = buffer(length);
    return given(buffer, in.read(buffer, 0, buffer.length));
  }

  private static byte[] buffer(int length) {
    return new byte[Math.min(length, MAX_READ)];
  }

  private static byte @Nullable [] given(byte[] buffer, int count) {
    if (count < 0) {
      return null;
    }
    return count == buffer.length ? buffer : Arrays.copyOf(buffer, count);
  }

  /** The next bytes up to the end, or up to so many, in chunks, each read when it is wanted. */
  @InsteadOf(
      value = "readAllBytes",
      parameters = {})
  static Stream<byte[]> readAllBytes(InputStream in, long limit) {
    return chunks(in, limit);
  }

  /** The same. */
  @InsteadOf(value = "readNBytes", parameters = int.class)
  static Stream<byte[]> readNBytes(InputStream in, long limit) {
    return chunks(in, limit);
  }

  /** The same. */
  @InsteadOf(
      value = "readNBytes",
      parameters = {byte[].class, int.class, int.class})
  static Stream<byte[]> readNBytesInto(InputStream in, long limit) {
    return chunks(in, limit);
  }

  /** The same. */
  @InsteadOf(value = "transferTo", parameters = OutputStream.class)
  static Stream<byte[]> transferTo(InputStream in, long limit) {
    return chunks(in, limit);
  }

  private static Stream<byte[]> chunks(InputStream in, long limit) {
    return Streams.of(new Chunks(in, limit)).map(byte[].class::cast);
  }

  private static final class Chunks implements Iterator<byte[]> {
    private final InputStream in;
    private long left;
    private byte @Nullable [] next;

    Chunks(InputStream in, long limit) {
      this.in = in;
      this.left = limit;
    }

    @Override
    public boolean hasNext() {
      if (next == null && left > 0) {
        try {
          next = readPart(in, (int) Math.min(left, CHUNK));
          left = next == null ? 0 : left - next.length;
        } catch (IOException e) {
          throw Sneaky.<RuntimeException>asUnchecked(e);
        }
      }
      return next != null;
    }

    @Override
    public byte[] next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      byte[] chunk = next;
      next = null;
      return chunk;
    }
  }
}
