package dev.farside.rsocket;

import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a remote object's method, not sent yet.
 *
 * @param arguments the caller's own; a list, since a record must not hold an array
 */
record Invocation(RemoteObject target, CallSpec spec, List<@Nullable Object> arguments) {
  Message.Call message(long id, @Nullable Chain chain, TimeLimit limit) {
    return new Message.Call(
        id, target.target(), spec.method(), spec.options(), chain, limit.leftMillis(), 0);
  }

  /**
   * The message of a call that nobody waits for.
   *
   * @param during as in {@link Message.Call}
   */
  Message.Call oneWayMessage(long id, @Nullable Chain chain, long during) {
    return new Message.Call(id, target.target(), spec.method(), spec.options(), chain, 0, during);
  }

  /** How long it may take: as long as was declared, and no longer than who calls us waits. */
  TimeLimit limit(@Nullable CallContext within) {
    @Nullable Duration declared = spec.timeout();
    TimeLimit own =
        TimeLimit.of(
            declared != null ? declared : target.session().side().settings().callTimeout());
    return within == null ? own : own.orSooner(within.limit());
  }

  /** How error messages name it: {@code Account.deposit(long) on tcp://…}. */
  String text() {
    return spec.text() + " on " + target.session();
  }
}
