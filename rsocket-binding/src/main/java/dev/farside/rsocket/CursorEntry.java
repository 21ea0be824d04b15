package dev.farside.rsocket;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a remote map, as an iteration gives it. Its value is the one that came with it until
 * this side changes the map: then it is asked for again.
 */
final class CursorEntry implements Map.Entry<Object, Object> {
  private final RemoteCursor cursor;
  private final Changes changes;
  private final int number;
  private final @Nullable Object key;
  private @Nullable Object value;
  private long seen;

  CursorEntry(
      RemoteCursor cursor,
      Changes changes,
      int number,
      @Nullable Object key,
      @Nullable Object value) {
    this.cursor = cursor;
    this.changes = changes;
    this.number = number;
    this.key = key;
    this.value = value;
    this.seen = changes.values();
  }

  @Override
  public @Nullable Object getKey() {
    return key;
  }

  @Override
  public synchronized @Nullable Object getValue() {
    long now = changes.values();
    if (seen != now) {
      seen = now;
      value = cursor.value(number);
    }
    return value;
  }

  @Override
  public synchronized @Nullable Object setValue(@Nullable Object newValue) {
    @Nullable Object former = cursor.set(number, newValue);
    value = newValue;
    seen = changes.incrementValues();
    return former;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Map.Entry<?, ?> entry
        && Objects.equals(key, entry.getKey())
        && Objects.equals(getValue(), entry.getValue());
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(key) ^ Objects.hashCode(getValue());
  }

  @Override
  public String toString() {
    return key + "=" + getValue();
  }
}
