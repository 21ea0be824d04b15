package dev.farside.codec;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One body being written: {@link #begin} with the number of values, the values, {@link #finish}. A
 * value that cannot be passed fails with {@link dev.farside.NotPassableException}, whose message
 * says where in the value; the body is lost then. Close it always. Not thread-safe.
 */
public final class BodyWriter implements AutoCloseable {
  private final ValueWriter writer;
  private final Consumer<ValueWriter> giveBack;
  private boolean finished;

  BodyWriter(ValueWriter writer, Consumer<ValueWriter> giveBack) {
    this.writer = writer;
    this.giveBack = giveBack;
  }

  /** How many values will follow. */
  public BodyWriter begin(int count) {
    writer.list(count);
    return this;
  }

  /**
   * One value.
   *
   * @param place its name in error messages: {@code args[0]}
   */
  public BodyWriter value(String place, @Nullable Object value, PassMode mode) {
    try {
      writer.value(place, value, mode);
    } catch (PassingFailure e) {
      throw e.toException();
    }
    return this;
  }

  /**
   * From here on exceptions are passed without what they have in fields, which cannot be passed.
   *
   * @param why said among the suppressed exceptions of the first one
   */
  public BodyWriter omitFields(String why) {
    writer.omitFields(why);
    return this;
  }

  /** One whole number of our own. */
  public BodyWriter integer(int value) {
    writer.integer(value);
    return this;
  }

  /** The numbers of the arrays and buffers that were copied so far, by identity. */
  public Map<Object, Integer> arrays() {
    return writer.arrays();
  }

  /** About how many bytes were written so far. */
  public long size() {
    return writer.size();
  }

  /** The body. */
  public byte[] finish() {
    byte[] body = writer.finish();
    finished = true;
    return body;
  }

  /** A writer that was not finished holds parts of a lost body: it is not used again. */
  @Override
  public void close() {
    if (finished) {
      finished = false;
      giveBack.accept(writer);
    }
  }
}
