package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.Peer;
import dev.farside.codec.Baggage;
import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A call of a peer's that is being carried out: known to the thread that runs the method, and to
 * the Reactor context in which its result is subscribed to.
 *
 * @param callId the peer's number for it
 * @param patience how long the peer waits; without a limit once it has the first answer
 * @param chain in which the peer's thread waits, so that what is sent to it in there comes before
 *     the answer; null if none does
 * @param nesting what it is part of
 * @param passage past the other calls of its object
 * @param baggage what this side takes of the caller's context
 */
record CallContext(
    Session session,
    long callId,
    AtomicReference<TimeLimit> patience,
    @Nullable Chain chain,
    Nesting nesting,
    Passage passage,
    Baggage baggage) {
  private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

  static Peer currentPeer() {
    @Nullable CallContext context = current();
    if (context == null) {
      throw new IllegalStateException(
          "Peer.current() was called outside of a call; ask for it on the thread that runs the"
              + " method, before handing work to others");
    }
    return context.session.peer();
  }

  static @Nullable CallContext current() {
    return CURRENT.get();
  }

  /** The one that a subscription belongs to, if it does. */
  static @Nullable CallContext of(ContextView context) {
    return context.getOrDefault(CallContext.class, null);
  }

  /** The one of a subscription, else this thread's. */
  static @Nullable CallContext current(ContextView context) {
    @Nullable CallContext known = of(context);
    return known != null ? known : current();
  }

  /** How long the peer will still wait; empty for no call or no limit. */
  static Optional<Duration> remaining(@Nullable CallContext context) {
    return context == null ? Optional.empty() : context.limit().remaining();
  }

  /** This call is carried out by the current thread from now on; gives what was before. */
  static @Nullable CallContext enter(@Nullable CallContext context) {
    @Nullable CallContext before = CURRENT.get();
    CURRENT.set(context);
    return before;
  }

  static void leave(@Nullable CallContext before) {
    CURRENT.set(before);
  }

  /**
   * What a message says of the call within which one of ours is made.
   *
   * @param to where the message goes
   */
  static long during(@Nullable CallContext within, Session to) {
    if (within == null) {
      return 0;
    }
    return within.session == to ? within.callId : Message.Call.ELSEWHERE;
  }

  TimeLimit limit() {
    return requireNonNull(patience.get());
  }

  /** The peer has its first answer: it waits for the others as long as they take. */
  void answered() {
    patience.set(TimeLimit.NONE);
  }

  /** The Reactor context for what this call returns. */
  Context toContext() {
    return Propagation.write(baggage, Context.of(CallContext.class, this));
  }

  /** The caller's context is the current thread's, until the scope is closed. */
  Scope open() {
    return session.side().settings().propagation().enter(baggage);
  }

  /**
   * The current thread, which is none of the chain's, carries this call on in its caller's context,
   * until the scope is closed: so long, the call has not ended.
   */
  Scope carryOn() {
    Scope opened = open();
    boolean held = passage.hold();
    @Nullable CallContext before =
        enter(new CallContext(session, callId, patience, null, nesting, passage, baggage));
    return () -> {
      leave(before);
      if (held) {
        passage.letGo();
      }
      opened.close();
    };
  }
}
