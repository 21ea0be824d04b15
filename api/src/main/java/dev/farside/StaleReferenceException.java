package dev.farside;

import org.jspecify.annotations.Nullable;

/** The object is no longer reachable through this reference: it was released. */
public final class StaleReferenceException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public StaleReferenceException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public StaleReferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
