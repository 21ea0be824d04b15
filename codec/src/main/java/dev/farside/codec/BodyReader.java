package dev.farside.codec;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One body being read: {@link #begin} tells the number of values, then the values, {@link #finish}.
 * Bytes that are no body fail with {@link dev.farside.ProtocolException}, a value that cannot be
 * rebuilt here with {@link dev.farside.NotPassableException}. Close it always. Not thread-safe.
 */
public final class BodyReader implements AutoCloseable {
  private final ValueReader reader;
  private final Consumer<ValueReader> giveBack;
  private boolean closed;

  BodyReader(ValueReader reader, Consumer<ValueReader> giveBack) {
    this.reader = reader;
    this.giveBack = giveBack;
  }

  /** How many values follow. */
  public int begin() {
    return reader.list();
  }

  /** Whether another value follows, in a body that does not begin with their number. */
  public boolean hasMore() {
    return reader.remaining() > 0;
  }

  /**
   * The next value.
   *
   * @param place its name in error messages: {@code args[0]}
   * @param expected the type that the place requires; only references adapt to it
   */
  public @Nullable Object value(String place, Class<?> expected) {
    try {
      return reader.value(place, expected);
    } catch (PassingFailure e) {
      throw e.toException();
    }
  }

  /** The next value, which is a whole number of our own. */
  public int integer() {
    return reader.integer();
  }

  /** The numbers of the arrays and buffers that were read so far, by identity. */
  public Map<Object, Integer> arrays() {
    return reader.arrays();
  }

  /**
   * The exception that was read last, by itself: with class, message and stack at least, even if
   * reading more of it failed; null if there was none.
   */
  public @Nullable Throwable begun() {
    return reader.begun();
  }

  /** Checks that nothing is left over. */
  public void finish() {
    reader.finish();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      reader.forget();
      giveBack.accept(reader);
    }
  }
}
