package dev.farside.rsocket;

import dev.farside.codec.Message;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A call whose caller's thread, the one that makes it, waits. */
final class BlockedCall extends PendingCall implements BooleanSupplier {
  private final Thread caller = Thread.currentThread();
  private final Session session;
  private final Invocation call;
  private final LogicalThread chain;
  private final TimeLimit limit;

  /** Whether its thread was interrupted before the call, which is not to be kept from it. */
  private final boolean interrupted;

  private @Nullable Incoming answer;
  private @Nullable Throwable thrown;
  private @Nullable Throwable failure;
  private volatile boolean done;

  BlockedCall(
      Session session,
      Invocation call,
      long id,
      LogicalThread chain,
      TimeLimit limit,
      boolean interrupted) {
    super(session, id);
    this.session = session;
    this.call = call;
    this.chain = chain;
    this.limit = limit;
    this.interrupted = interrupted;
  }

  LogicalThread chain() {
    return chain;
  }

  Invocation call() {
    return call;
  }

  /**
   * Waits, serving the callbacks of the chain. Its frame is on the stack once more for each call
   * that is nested in this one: so it holds as little as possible, and what ended the wait is
   * looked at by others.
   *
   * @return null for the answer or the limit
   */
  @Nullable Throwable await() {
    try {
      if (interrupted) {
        Thread.interrupted();
      }
      chain.await(this, limit);
      return null;
    } catch (InterruptedException | Error e) {
      return e;
    }
  }

  /** The flag that the caller's thread had before. */
  void restoreInterrupt() {
    if (interrupted) {
      caller.interrupt();
    }
  }

  /**
   * Fails, unless the answer has come.
   *
   * @param ended what ended the wait; null for the answer or the limit
   */
  void giveUpUnlessAnswered(@Nullable Throwable ended) throws InterruptedException {
    if (ended instanceof Error error) {
      giveUp(); // whatever is answered now, is nobody's
      throw error;
    } else if (ended instanceof InterruptedException interrupt) {
      giveUp(interrupt);
    } else if (!done) {
      giveUp((InterruptedException) null);
    }
  }

  private void giveUp(@Nullable InterruptedException interrupt) throws InterruptedException {
    if (giveUp()) {
      throw interrupt == null ? Caller.timedOut(call, limit) : Caller.interrupted(call, interrupt);
    }
    awaitAnswer();
    if (interrupt != null) {
      caller.interrupt(); // the answer is there: the next wait is interrupted
    }
  }

  /** It has come, and another thread is just taking it. */
  private void awaitAnswer() {
    while (!done) {
      LockSupport.park(this);
    }
  }

  @Override
  public boolean getAsBoolean() {
    return done;
  }

  /** It may have been held while this very thread carried out a one-way call. */
  @Override
  boolean isLate() {
    return limit.isOver();
  }

  @Override
  void answered(Incoming received) {
    if (received.message() instanceof Message.Thrown) {
      threw(received);
    } else {
      answer = received;
    }
    finish();
  }

  /** Decodes here: the caller's stack may have no room, which may be just what was thrown. */
  private void threw(Incoming received) {
    try (received) {
      thrown = session.marshaller().readThrown(received, arrays());
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  @Override
  void failed(Throwable why) {
    failure = why;
    finish();
  }

  private void finish() {
    done = true;
    LockSupport.unpark(caller);
  }

  Incoming answer() throws Throwable {
    @Nullable Incoming received = answer;
    if (received != null) {
      return received;
    }
    @Nullable Throwable theirs = thrown;
    if (theirs != null) {
      throw RemoteStacks.join(session, theirs, call.text(), true);
    }
    @Nullable Throwable why = failure;
    throw RemoteStacks.withLocalStack(
        why == null ? new IllegalStateException() : Caller.named(why, call), call);
  }
}
