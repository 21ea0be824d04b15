package dev.farside;

import org.jspecify.annotations.Nullable;

/** A message is larger, deeper or longer than one of the two sides accepts. */
public final class LimitExceededException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public LimitExceededException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public LimitExceededException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
