package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.PassMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a call before its arguments.
 *
 * @param text how error messages name the method: {@code Account.deposit(long)}
 * @param modes how its declaration asks for the arguments to be passed; missing ones by class
 * @param timeout how long the call may take; null for what the side says
 * @param interruptible whether it declares that it throws {@link InterruptedException}
 */
record CallSpec(
    String text,
    MethodKey method,
    List<PassMode> modes,
    CallOptions options,
    @Nullable Duration timeout,
    boolean interruptible) {
  /** A call of which no declaration says more. */
  CallSpec(String text, MethodKey method, CallOptions options) {
    this(text, method, List.of(), options, null, false);
  }

  /** The same call with another option. */
  CallSpec with(int option) {
    return new CallSpec(text, method, modes, options.with(option), timeout, interruptible);
  }

  PassMode mode(int argument) {
    return argument < modes.size() ? modes.get(argument) : PassMode.BY_CLASS;
  }
}
