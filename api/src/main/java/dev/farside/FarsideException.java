package dev.farside;

import org.jspecify.annotations.Nullable;

/**
 * A failure of the framework, never of the application: an exception that a remote method throws
 * arrives as its own class. The message says what happened, where, and what to do.
 */
public abstract sealed class FarsideException extends RuntimeException
    permits BlockingNotAllowedException,
        CallCancelledException,
        CallTimeoutException,
        ConnectionLostException,
        LimitExceededException,
        NoSuchNameException,
        NoSuchRemoteMethodException,
        NotAllowedException,
        NotPassableException,
        ProtocolException,
        StaleReferenceException {
  private static final long serialVersionUID = 1;

  FarsideException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
