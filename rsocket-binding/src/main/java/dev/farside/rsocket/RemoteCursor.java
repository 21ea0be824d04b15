package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.ProtocolException;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** A {@link Cursor} of the peer, as we call it. */
final class RemoteCursor {
  private static final Shortcut NEXT = new Shortcut("next", 0, int.class);
  private static final Shortcut REWIND = new Shortcut("rewind", 0, int.class);
  private static final Shortcut REMOVE = new Shortcut("remove", 0, int.class);
  private static final Shortcut REMOVE_NOTHING = new Shortcut("removeNothing", 0);
  private static final Shortcut SETTLE = new Shortcut("settle", 0, int.class, boolean.class);
  private static final Shortcut VALUE = new Shortcut("value", 0, int.class);
  private static final Shortcut SET = new Shortcut("set", 0, int.class, Object.class);

  private final Object handle; // while it is reachable, so is the cursor
  private final String text;

  /**
   * A cursor.
   *
   * @param text how error messages name the method that gave the iterator
   */
  RemoteCursor(Object handle, String text) {
    this.handle = handle;
    this.text = text;
  }

  CursorBatch next(int max) {
    return CursorBatch.of(call(NEXT, "next()", max));
  }

  @Nullable Boolean rewind(int untaken) {
    return (Boolean) call(REWIND, "next()", untaken);
  }

  @Nullable Boolean remove(int untaken) {
    return (Boolean) call(REMOVE, "remove()", untaken);
  }

  void removeNothing() {
    call(REMOVE_NOTHING, "remove()");
  }

  ListIterator<?> settle(int untaken, boolean taken) {
    return (ListIterator<?>) requireNonNull(call(SETTLE, "previous()", untaken, taken));
  }

  @Nullable Object value(int entry) {
    return call(VALUE, "getValue()", entry);
  }

  @Nullable Object set(int entry, @Nullable Object value) {
    return call(SET, "setValue(Object)", entry, value);
  }

  private @Nullable Object call(Shortcut method, String name, @Nullable Object... arguments) {
    RemoteObject remote = requireNonNull(StandIns.remoteOf(handle), "a cursor is a reference");
    try {
      return Shortcut.block(method.on(remote, text + "." + name, arguments));
    } catch (Shortcut.Missing e) {
      throw new ProtocolException("The peer's cursor of " + text + " is none: " + e.getMessage());
    }
  }
}
