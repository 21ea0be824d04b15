package dev.farside.codec;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls of what an exception's class may override: whatever that throws, an error of any kind too,
 * the exception is passed with what else there is.
 */
final class Foreign {
  private static final StackTraceElement[] NO_FRAMES = {};

  private Foreign() {}

  static @Nullable String message(Throwable throwable) {
    try {
      return throwable.getMessage();
    } catch (Throwable e) {
      return "(its getMessage() threw " + e.getClass().getName() + ")";
    }
  }

  /** As {@code toString()}; only the class, if that fails. */
  static String text(Throwable throwable) {
    try {
      return throwable.toString();
    } catch (Throwable e) {
      return throwable.getClass().getName();
    }
  }

  static @Nullable Throwable cause(Throwable throwable) {
    try {
      return throwable.getCause();
    } catch (Throwable e) {
      return null;
    }
  }

  static StackTraceElement[] stack(Throwable throwable) {
    try {
      StackTraceElement @Nullable [] frames = throwable.getStackTrace();
      return frames == null
          ? NO_FRAMES
          : Stream.of(frames).filter(Objects::nonNull).toArray(StackTraceElement[]::new);
    } catch (Throwable e) {
      return NO_FRAMES;
    }
  }

  static void initCause(Throwable throwable, @Nullable Throwable cause) {
    if (cause == null || cause == throwable) {
      return;
    }
    try {
      throwable.initCause(cause);
    } catch (Throwable e) {
      // a class of its own mind: whether it has its cause is seen to later
    }
  }

  static void setStack(Throwable throwable, StackTraceElement[] frames) {
    try {
      throwable.setStackTrace(frames);
    } catch (Throwable e) {
      // a class of its own mind: it keeps the stack that it has
    }
  }
}
