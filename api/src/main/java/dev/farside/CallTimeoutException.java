package dev.farside;

import org.jspecify.annotations.Nullable;

/** A call took longer than it was given; whether it was carried out is unknown. */
public final class CallTimeoutException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public CallTimeoutException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public CallTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
