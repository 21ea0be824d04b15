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
  private @Nullable Incoming answer;
  private @Nullable Throwable thrown;
  private @Nullable Throwable failure;
  private volatile boolean done;

  BlockedCall(Session session, Invocation call, long id, LogicalThread chain, TimeLimit limit) {
    super(session, id);
    this.session = session;
    this.call = call;
    this.chain = chain;
    this.limit = limit;
  }

  LogicalThread chain() {
    return chain;
  }

  TimeLimit limit() {
    return limit;
  }

  /** Fails, unless the answer has come after all. */
  void giveUp(@Nullable InterruptedException interrupt) throws InterruptedException {
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
