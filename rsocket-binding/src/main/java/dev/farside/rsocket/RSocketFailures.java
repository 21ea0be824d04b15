package dev.farside.rsocket;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.ConnectionLostException;
import dev.farside.FarsideException;
import dev.farside.LimitExceededException;
import dev.farside.NoSuchNameException;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotAllowedException;
import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import dev.farside.StaleReferenceException;
import io.rsocket.RSocketErrorException;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.CustomRSocketException;
import io.rsocket.exceptions.RejectedSetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the framework as ERROR frames, and back: the code says which, the text is the
 * message.
 */
final class RSocketFailures {
  /** RSocket leaves the codes from here on to applications. */
  private static final int FIRST_CODE = 0x301;

  /** An ERROR frame is never fragmented. */
  private static final int MAX_TEXT_BYTES = 60 << 10;

  /** The position is part of the format: add at the end. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(NotAllowedException.class, NotAllowedException::new),
          new Kind(NoSuchNameException.class, NoSuchNameException::new),
          new Kind(NoSuchRemoteMethodException.class, NoSuchRemoteMethodException::new),
          new Kind(StaleReferenceException.class, StaleReferenceException::new),
          new Kind(NotPassableException.class, NotPassableException::new),
          new Kind(LimitExceededException.class, LimitExceededException::new),
          new Kind(ProtocolException.class, ProtocolException::new),
          new Kind(CallTimeoutException.class, CallTimeoutException::new),
          new Kind(CallCancelledException.class, CallCancelledException::new),
          new Kind(ConnectionLostException.class, ConnectionLostException::new),
          new Kind(BlockingNotAllowedException.class, BlockingNotAllowedException::new));

  private RSocketFailures() {}

  /** What RSocket sends for a failure of ours. */
  static Throwable toPeer(Throwable failure) {
    for (int i = 0; i < KINDS.size(); i++) {
      if (KINDS.get(i).type().isInstance(failure)) {
        return new CustomRSocketException(
            FIRST_CODE + i, bounded(String.valueOf(failure.getMessage())));
      }
    }
    return new CustomRSocketException(
        FIRST_CODE + KINDS.size(), bounded("The peer failed internally: " + failure));
  }

  /** What a failure that RSocket reports means to a caller; always a new exception. */
  static FarsideException fromPeer(Throwable failure, RSocketEnding ending) {
    if (failure instanceof FarsideException own) {
      return own;
    }
    if (failure instanceof RSocketErrorException error) {
      int kind = error.errorCode() - FIRST_CODE;
      String text = String.valueOf(error.getMessage());
      if (kind >= 0 && kind < KINDS.size()) {
        return KINDS.get(kind).exception().apply(text);
      }
      if (kind == KINDS.size()) {
        return new ProtocolException(text);
      }
      if (kind > KINDS.size() || error instanceof ApplicationErrorException) {
        return new ProtocolException(
            "The peer failed in a way that is unknown here: " + text, error);
      }
    }
    return ending.of(failure);
  }

  /**
   * Why there is no peer: nobody is at the address, or somebody who does not speak our protocol.
   *
   * @param accepted whether somebody accepted the connection
   */
  static Throwable notConnected(String uri, boolean accepted, Throwable failure) {
    boolean ofOthers =
        failure instanceof ConnectionLostException
            || failure.getCause() instanceof RSocketErrorException;
    if (failure instanceof FarsideException && !ofOthers) {
      return failure;
    }
    @Nullable Throwable below = ofOthers ? failure.getCause() : failure;
    Throwable cause = below == null ? failure : below;
    if (!accepted) {
      return new ConnectionLostException(
          "Nobody answers at " + uri + " (" + words(cause) + "); is the other side listening?",
          cause);
    }
    if (cause instanceof RejectedSetupException) {
      return new ProtocolException(uri + " refused our greeting: " + cause.getMessage());
    }
    String why = cause instanceof IOException ? "it closed the connection" : words(cause);
    return unanswered(uri, why);
  }

  static ProtocolException unanswered(String peer, String why) {
    return new ProtocolException(
        peer + " did not answer our greeting (" + why + "); is it a Farside listener?");
  }

  private static String words(Throwable failure) {
    return failure instanceof TimeoutException
        ? "nothing came within ten seconds"
        : String.valueOf(failure.getMessage());
  }

  private static String bounded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_TEXT_BYTES
        ? text
        : new String(bytes, 0, MAX_TEXT_BYTES, StandardCharsets.UTF_8) + "…";
  }

  private record Kind(
      Class<? extends FarsideException> type, Function<String, FarsideException> exception) {}
}
