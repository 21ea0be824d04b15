package dev.farside.rsocket;

import dev.farside.codec.Baggage;
import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * One call of a remote object's method, not sent yet.
 *
 * @param arguments the caller's own; a list, since a record must not hold an array
 * @param baggage what it takes along of its caller's context
 */
record Invocation(
    RemoteObject target, CallSpec spec, List<@Nullable Object> arguments, Baggage baggage) {
  /** One that takes nothing along yet. */
  Invocation(RemoteObject target, CallSpec spec, List<@Nullable Object> arguments) {
    this(target, spec, arguments, Baggage.NONE);
  }

  /**
   * This call as it is made now; fails if what it is to take along cannot travel.
   *
   * @param context of who subscribes to it; empty for who does not
   */
  Invocation within(ContextView context) {
    Baggage captured = target.session().side().settings().propagation().capture(context);
    return captured.isEmpty() ? this : new Invocation(target, spec, arguments, captured);
  }

  /**
   * The message of this call.
   *
   * @param during as in {@link Message.Call}
   */
  Message.Call message(long id, @Nullable Chain chain, TimeLimit limit, long during) {
    return new Message.Call(
        id,
        target.target(),
        spec.method(),
        spec.options(),
        chain,
        limit.leftMillis(),
        during,
        baggage);
  }

  /**
   * How long it may take: as long as was declared, and no longer than who calls us waits, unless it
   * cleans up.
   */
  TimeLimit limit(@Nullable CallContext within) {
    @Nullable Duration declared = spec.timeout();
    return sooner(
        declared != null ? declared : target.session().side().settings().callTimeout(), within);
  }

  /** The same of a call that nobody waits for, so that it has all the time unless declared. */
  TimeLimit oneWayLimit(@Nullable CallContext within) {
    return sooner(spec.timeout(), within);
  }

  private TimeLimit sooner(@Nullable Duration own, @Nullable CallContext within) {
    TimeLimit limit = TimeLimit.of(own);
    return within == null || spec.cleansUp() ? limit : limit.orSooner(within.limit());
  }

  /** How error messages name it: {@code Account.deposit(long) on tcp://…}. */
  String text() {
    return spec.text() + " on " + target.session();
  }
}
