package dev.farside;

import org.jspecify.annotations.Nullable;

/**
 * The connection could not be made or has ended; whether a pending call was carried out is unknown.
 */
public final class ConnectionLostException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public ConnectionLostException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
