package dev.farside;

import org.jspecify.annotations.Nullable;

/** The peer does not let us do this. */
public final class NotAllowedException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public NotAllowedException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public NotAllowedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
