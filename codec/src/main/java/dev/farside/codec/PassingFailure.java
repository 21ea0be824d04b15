package dev.farside.codec;

import dev.farside.NotPassableException;
import org.jspecify.annotations.Nullable;

/** Why a value cannot be passed; gathers on its way up where it is. */
final class PassingFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StringBuilder path = new StringBuilder();
  private final String why;

  PassingFailure(String why) {
    this(why, null);
  }

  PassingFailure(String why, @Nullable Throwable cause) {
    super(why, cause, false, false);
    this.why = why;
  }

  /** Notes one more step of the path, the innermost first. */
  PassingFailure at(String step) {
    boolean joint = path.length() > 0 && path.charAt(0) != '[';
    path.insert(0, joint ? step + "." : step);
    return this;
  }

  NotPassableException toException() {
    return new NotPassableException("Cannot pass " + path + ": " + why, getCause());
  }
}
