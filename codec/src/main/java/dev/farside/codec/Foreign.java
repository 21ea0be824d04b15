package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * Calls of what an exception's class may override: whatever that throws, the exception is passed
 * with what else there is.
 */
final class Foreign {
  private static final StackTraceElement[] NO_FRAMES = {};

  private Foreign() {}

  static @Nullable String message(Throwable throwable) {
    try {
      return throwable.getMessage();
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return "(its getMessage() threw " + e.getClass().getName() + ")";
    }
  }

  static @Nullable Throwable cause(Throwable throwable) {
    try {
      return throwable.getCause();
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }

  static StackTraceElement[] stack(Throwable throwable) {
    try {
      StackTraceElement @Nullable [] frames = throwable.getStackTrace();
      return frames == null ? NO_FRAMES : frames;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return NO_FRAMES;
    }
  }

  static void initCause(Throwable throwable, @Nullable Throwable cause) {
    if (cause == null || cause == throwable) {
      return;
    }
    try {
      throwable.initCause(cause);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      // a class of its own mind: whether it has its cause is seen to later
    }
  }

  static void setStack(Throwable throwable, StackTraceElement[] frames) {
    try {
      throwable.setStackTrace(frames);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      // a class of its own mind: it keeps the stack that it has
    }
  }
}
