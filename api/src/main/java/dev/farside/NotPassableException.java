package dev.farside;

import org.jspecify.annotations.Nullable;

/** A value cannot be copied to the other side, or cannot be rebuilt there. */
public final class NotPassableException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public NotPassableException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public NotPassableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
