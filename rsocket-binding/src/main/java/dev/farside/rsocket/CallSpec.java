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
 * @param interrupts what an interrupt of its caller means
 * @param dispensable whether {@link Shortcut.Missing} is to say that the callee has no such method
 * @param cleansUp whether it is to be made although who calls its caller waits no longer
 */
record CallSpec(
    String text,
    MethodKey method,
    List<PassMode> modes,
    CallOptions options,
    @Nullable Duration timeout,
    Interrupts interrupts,
    boolean dispensable,
    boolean cleansUp) {
  /** A call that must be answered. */
  CallSpec(
      String text,
      MethodKey method,
      List<PassMode> modes,
      CallOptions options,
      @Nullable Duration timeout,
      Interrupts interrupts) {
    this(text, method, modes, options, timeout, interrupts, false, false);
  }

  /** A call of which no declaration says more. */
  CallSpec(String text, MethodKey method, CallOptions options) {
    this(text, method, List.of(), options, null, Interrupts.KEPT);
  }

  /** The same call with another option. */
  CallSpec with(int option) {
    return new CallSpec(
        text, method, modes, options.with(option), timeout, interrupts, dispensable, cleansUp);
  }

  PassMode mode(int argument) {
    return argument < modes.size() ? modes.get(argument) : PassMode.BY_CLASS;
  }
}
