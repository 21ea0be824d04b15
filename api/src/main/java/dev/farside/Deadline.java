package dev.farside;

import dev.farside.spi.FarsideProvider;
import java.time.Duration;
import java.util.Optional;
import reactor.util.context.ContextView;

/**
 * How much time the caller of the current call still gives it. Calls that are made within a call
 * never wait longer than that for their first answer, whatever their own limits, and a thread that
 * carries one out waits no longer for an element of a remote {@code Stream}. The elements of a
 * {@code Flux} after its first are not limited.
 *
 * <pre>{@code
 * Optional<Duration> left = Deadline.remaining();
 * }</pre>
 */
public final class Deadline {
  private Deadline() {}

  /**
   * How long the caller will still wait for the call that this thread carries out: zero if it has
   * given up, empty if it waits without a limit or outside of a call.
   */
  public static Optional<Duration> remaining() {
    return FarsideProvider.installed().remaining();
  }

  /**
   * The same within the {@code Mono} or {@code Flux} that a method has returned: {@code
   * Mono.deferContextual(context -> … Deadline.remaining(context) …)}.
   */
  public static Optional<Duration> remaining(ContextView context) {
    return FarsideProvider.installed().remaining(context);
  }
}
