package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.PassMode;
import java.util.List;

/**
 * All that is known of a call before its arguments.
 *
 * @param text how error messages name the method: {@code Account.deposit(long)}
 * @param modes how its declaration asks for the arguments to be passed; missing ones by class
 */
record CallSpec(String text, MethodKey method, List<PassMode> modes, CallOptions options) {
  PassMode mode(int argument) {
    return argument < modes.size() ? modes.get(argument) : PassMode.BY_CLASS;
  }
}
