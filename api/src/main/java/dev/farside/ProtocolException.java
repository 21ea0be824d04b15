package dev.farside;

import org.jspecify.annotations.Nullable;

/** The other side does not speak our protocol, or broke it. */
public final class ProtocolException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public ProtocolException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public ProtocolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
