package dev.farside.rsocket;

import dev.farside.FarsideException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces that span sides: where it was thrown there, a visible boundary, and who called here.
 */
final class RemoteStacks {
  /** A constant: a class whose initialization overflows the stack can never be used again. */
  private static final String OWN_PACKAGE = "dev.farside.rsocket.";

  private RemoteStacks() {}

  /** Lets the peer's exception show the boundary; our own, come home, is left as it is. */
  static Throwable join(Session session, Throwable thrown, String call, boolean blocking) {
    @Nullable RemoteObject original = session.side().mirroredThrowables().get(thrown);
    if (original != null && original.join()) {
      var added = new ArrayList<StackTraceElement>();
      added.add(boundary(call));
      if (blocking) {
        added.addAll(localFrames());
      }
      append(thrown, added);
      @Nullable Throwable cause =
          thrown.getClass() == CompletionException.class ? thrown.getCause() : null;
      if (cause != null) {
        join(session, cause, call, blocking); // most who catch it, see that only
      }
    }
    return thrown;
  }

  /** A class that overrides these methods may refuse, with anything: it is thrown as it is. */
  private static void append(Throwable thrown, List<StackTraceElement> added) {
    try {
      var frames = new ArrayList<>(Arrays.asList(thrown.getStackTrace()));
      frames.addAll(added);
      thrown.setStackTrace(frames.toArray(StackTraceElement[]::new));
    } catch (Throwable e) {
      return;
    }
  }

  /** Lets what the connection's thread found at the end of a stream show who reads the stream. */
  static Throwable joinReader(Throwable thrown, Invocation call) {
    if (endsAt(thrown, boundary(call.text()))) {
      append(thrown, localFrames());
      return thrown;
    }
    return thrown instanceof FarsideException ? withLocalStack(thrown, call) : thrown;
  }

  private static boolean endsAt(Throwable thrown, StackTraceElement boundary) {
    try {
      StackTraceElement[] frames = thrown.getStackTrace();
      return frames.length > 0 && frames[frames.length - 1].equals(boundary);
    } catch (Throwable e) {
      return false;
    }
  }

  /** Lets a failure that the connection's thread found show who called. */
  static Throwable withLocalStack(Throwable failure, Invocation call) {
    var frames = new ArrayList<StackTraceElement>();
    frames.add(boundary(call.text()));
    frames.addAll(localFrames());
    failure.setStackTrace(frames.toArray(StackTraceElement[]::new));
    return failure;
  }

  private static StackTraceElement boundary(String call) {
    return new StackTraceElement("farside", "remote call", call, -1);
  }

  /** The current thread's frames from the stand-in's caller on. */
  private static List<StackTraceElement> localFrames() {
    StackTraceElement[] all = Thread.currentThread().getStackTrace();
    int first = 1;
    while (first < all.length && isOurs(all[first].getClassName())) {
      first++;
    }
    return Arrays.asList(all).subList(first, all.length);
  }

  private static boolean isOurs(String type) {
    return type.startsWith(OWN_PACKAGE) || type.contains("$Farside") || type.contains("$Proxy");
  }
}
