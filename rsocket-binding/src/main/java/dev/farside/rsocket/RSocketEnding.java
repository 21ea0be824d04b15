package dev.farside.rsocket;

import dev.farside.ConnectionLostException;
import io.rsocket.RSocketErrorException;
import io.rsocket.exceptions.ConnectionCloseException;
import io.rsocket.exceptions.ConnectionErrorException;
import java.nio.channels.ClosedChannelException;

/** How one connection ended, in words for those who wait for answers. Thread-safe. */
final class RSocketEnding {
  /** What RSocket says to the other side when one side closes. */
  private static final String FAREWELL = "Disposed";

  private final String peer;
  private final boolean breaks;
  private volatile boolean byUs;

  /**
   * That of a connection which goes on.
   *
   * @param peer named in failures
   * @param breaks whether the connection may end although neither side closes it
   */
  RSocketEnding(String peer, boolean breaks) {
    this.peer = peer;
    this.breaks = breaks;
  }

  /** This side is about to close the connection. */
  void byUs() {
    byUs = true;
  }

  /** What it means to a caller that RSocket reports this failure of the connection. */
  ConnectionLostException of(Throwable failure) {
    return new ConnectionLostException(
        "The connection to " + peer + " " + how(failure) + "; connect again and look up anew",
        failure);
  }

  private String how(Throwable failure) {
    if (byUs) {
      return "was closed by this side";
    }
    return isFarewell(failure) ? "was closed by the peer" : "is lost (" + why(failure) + ")";
  }

  private boolean isFarewell(Throwable failure) {
    return failure instanceof ConnectionCloseException
        || (failure instanceof ConnectionErrorException && FAREWELL.equals(failure.getMessage()))
        || (failure instanceof ClosedChannelException && !breaks);
  }

  private static String why(Throwable failure) {
    if (failure instanceof ClosedChannelException) {
      return "it has ended";
    }
    return failure instanceof RSocketErrorException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }
}
