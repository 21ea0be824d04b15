package dev.farside;

import org.jspecify.annotations.Nullable;

/** A call was given up by its caller: cancelled, or its thread interrupted. */
public final class CallCancelledException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public CallCancelledException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public CallCancelledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
