package dev.farside.rsocket;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long somebody waits for an answer.
 *
 * @param given how long it was when it began; null for no limit
 * @param endNanos when it is over, by {@link System#nanoTime}
 */
record TimeLimit(@Nullable Duration given, long endNanos) {
  static final TimeLimit NONE = new TimeLimit(null, 0);

  /** Longer ones are none: the clock's numbers would not hold them. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** A limit that begins now. */
  static TimeLimit of(@Nullable Duration time) {
    return time == null || time.compareTo(LONGEST) > 0
        ? NONE
        : new TimeLimit(time, System.nanoTime() + time.toNanos());
  }

  /** What a message says is left; 0 for no limit. */
  static TimeLimit ofMillis(long millis) {
    return millis == 0 ? NONE : of(Duration.ofMillis(Math.min(millis, Integer.MAX_VALUE)));
  }

  /** What of two ends first; this one, if they end together. */
  TimeLimit orSooner(TimeLimit other) {
    if (!other.exists()) {
      return this;
    }
    if (exists() && endNanos - other.endNanos <= 0) {
      return this;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(Math.max(0, other.endNanos - System.nanoTime()));
    return new TimeLimit(Duration.ofMillis(left), other.endNanos);
  }

  boolean exists() {
    return given != null;
  }

  boolean isOver() {
    return exists() && leftNanos() <= 0;
  }

  /** Negative when it is over; of no meaning without a limit. */
  long leftNanos() {
    return endNanos - System.nanoTime();
  }

  /**
   * The current thread sleeps until it is unparked, it is interrupted, or this is over.
   *
   * @param blocker what it waits for
   */
  void park(Object blocker) {
    if (exists()) {
      LockSupport.parkNanos(blocker, leftNanos());
    } else {
      LockSupport.park(blocker);
    }
  }

  /** Whole milliseconds, at least one; 0 for no limit. */
  long leftMillis() {
    return exists() ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos())) : 0;
  }

  /** Empty for no limit; not negative. */
  Optional<Duration> remaining() {
    return exists() ? Optional.of(Duration.ofNanos(Math.max(0, leftNanos()))) : Optional.empty();
  }
}
