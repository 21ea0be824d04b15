package dev.farside;

import org.jspecify.annotations.Nullable;

/** The object at the peer has no such method, or not with these parameter types. */
public final class NoSuchRemoteMethodException extends FarsideException {
  private static final long serialVersionUID = 1;

  /** With what happened, where, and what to do. */
  public NoSuchRemoteMethodException(String message) {
    super(message, null);
  }

  /** With what happened, where, and what to do, and what it stems from. */
  public NoSuchRemoteMethodException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
