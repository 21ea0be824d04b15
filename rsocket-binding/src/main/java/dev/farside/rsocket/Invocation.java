package dev.farside.rsocket;

import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a remote object's method, not sent yet.
 *
 * @param arguments the caller's own; a list, since a record must not hold an array
 */
record Invocation(RemoteObject target, CallSpec spec, List<@Nullable Object> arguments) {
  Message.Call message(long id, @Nullable Chain chain, long remainingMillis) {
    return new Message.Call(
        id, target.target(), spec.method(), spec.options(), chain, remainingMillis);
  }

  /** How error messages name it: {@code Account.deposit(long) on tcp://…}. */
  String text() {
    return spec.text() + " on " + target.session();
  }
}
