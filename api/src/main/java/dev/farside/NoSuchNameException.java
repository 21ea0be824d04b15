package dev.farside;

import org.jspecify.annotations.Nullable;

/** The peer offers nothing by this name. */
public final class NoSuchNameException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public NoSuchNameException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public NoSuchNameException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
