package dev.farside;

import org.jspecify.annotations.Nullable;

/** A call would block a thread that must not block; nothing was sent. */
public final class BlockingNotAllowedException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public BlockingNotAllowedException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public BlockingNotAllowedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
