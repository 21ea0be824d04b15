package dev.farside.rsocket;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.ProtocolException;
import dev.farside.codec.BodyReader;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Carries out this session's calls of the peer's objects. Thread-safe. */
final class Caller {
  private final Session session;
  private final AtomicLong lastId = new AtomicLong();

  Caller(Session session) {
    this.session = session;
  }

  /**
   * Calls and waits, serving the callbacks of the chain meanwhile. What is on the stack while it
   * waits is there once more for each call that is nested in this one: so what has come and gone by
   * then is in methods of its own.
   */
  @Nullable Object block(Invocation call) throws Throwable {
    BlockedCall pending = begin(call);
    return end(pending, pending.await());
  }

  private BlockedCall begin(Invocation made) throws InterruptedException {
    boolean interrupted = made.spec().interrupts().cameBefore();
    StackRoom.require();
    refuseOnNonBlockingThread(made::text, "Mono");
    refuseIfInterrupted(made);
    Invocation call = made.within(Context.empty());
    LogicalThread chain = session.side().threads().current();
    TimeLimit limit = limit(call, CallContext.current());
    var pending = new BlockedCall(session, call, nextId(), chain, limit, interrupted);
    waits(pending.id(), chain.chain());
    chain.enter(session);
    try {
      send(call, pending.id(), chain.chain(), limit, pending);
    } catch (RuntimeException | Error e) {
      pending.giveUp();
      ended(pending);
      throw e;
    }
    return pending;
  }

  /**
   * Gives what the call returned, unless its wait was ended.
   *
   * @param ended what ended it; null for the answer or the limit
   */
  private @Nullable Object end(BlockedCall pending, @Nullable Throwable ended) throws Throwable {
    try {
      pending.giveUpUnlessAnswered(ended);
    } finally {
      ended(pending);
      pending.restoreInterrupt();
    }
    Incoming answer = pending.answer();
    try (answer) {
      return result(pending.call(), pending, answer);
    }
  }

  /** What the current thread carries out, if anything, waits for a call from now on. */
  void waits(long id, Chain chain) {
    @Nullable CallContext within = CallContext.current();
    if (within != null) {
      within.passage().runsIn(chain);
      session.waits().begin(id, within.nesting());
    }
  }

  private void ended(BlockedCall pending) {
    session.waits().end(pending.id());
    pending.chain().leave();
    if (CallContext.current() == null) {
      HeldLocks.endHere();
    }
  }

  /** As the method declares it, or else the flag remains and the exception is ours. */
  static CallCancelledException interrupted(Invocation call, InterruptedException e)
      throws InterruptedException {
    if (call.spec().interrupts() != Interrupts.KEPT) {
      throw e;
    }
    Thread.currentThread().interrupt();
    return new CallCancelledException(
        call.text() + " was given up: its thread was interrupted while it waited", e);
  }

  /** How long a call may take; fails if that is no time at all. */
  static TimeLimit limit(Invocation call, @Nullable CallContext within) {
    return left(call, call.limit(within));
  }

  private static TimeLimit left(Invocation call, TimeLimit limit) {
    if (limit.isOver()) {
      throw new CallTimeoutException(
          call.text()
              + " was not sent: the caller of the method that makes it waits no longer; ask"
              + " Deadline.remaining() before long work");
    }
    return limit;
  }

  /** Calls when requested; empty for null. */
  Mono<Object> single(Invocation call) {
    return new SingleCall(session, call);
  }

  /**
   * Sends and forgets. What is sent to who waits for the current call, comes before its answer, and
   * has no more time than that.
   *
   * @param context of who subscribes to it; empty for who does not
   */
  void oneWay(Invocation made, ContextView context) {
    StackRoom.require();
    Invocation call = made.within(context);
    @Nullable CallContext within = CallContext.current(context);
    if (within != null && within.session() != session) {
      within = null;
    }
    TimeLimit limit = left(call, call.oneWayLimit(within));
    Message.Call message =
        within == null
            ? call.message(nextId(), null, limit, 0)
            : call.message(nextId(), chainOf(within), limit, within.callId());
    Frame frame = session.marshaller().call(message, call, new SentArrays());
    session.side().threads().runWithRoom(() -> session.link().send(frame));
  }

  /** What nobody waits for any more does not speak for the chain of its former caller. */
  private @Nullable Chain chainOf(CallContext within) {
    @Nullable Chain chain = within.chain();
    return chain == null || session.side().threads().hasLeftBehind(chain) ? null : chain;
  }

  /** Without a chain, nobody else could tell what waits for it. */
  long during(@Nullable CallContext within, @Nullable Chain chain) {
    long during = CallContext.during(within, session);
    return chain == null && during == Message.Call.ELSEWHERE ? 0 : during;
  }

  /** A number for a call. */
  long nextId() {
    return lastId.incrementAndGet();
  }

  /** Sends a call of the current thread, which waits, and leaves its answer to another. */
  void send(Invocation call, long id, @Nullable Chain chain, TimeLimit limit, PendingCall pending) {
    send(call, id, chain, CallContext.current(), limit, pending);
  }

  /**
   * Sends a call and leaves its answer to another.
   *
   * @param within what waits for it; null for nothing that is known
   */
  void send(
      Invocation call,
      long id,
      @Nullable Chain chain,
      @Nullable CallContext within,
      TimeLimit limit,
      PendingCall pending) {
    Frame frame;
    try {
      Message.Call message = call.message(id, chain, limit, during(within, chain));
      frame = session.marshaller().call(message, call, pending.arrays());
    } catch (RuntimeException | Error e) {
      pending.unsent();
      throw e;
    }
    session.side().threads().runWithRoom(() -> send(call, id, frame, pending));
  }

  private void send(Invocation call, long id, Frame frame, PendingCall pending) {
    try {
      if (call.spec().options().has(CallOptions.CHANNEL)) {
        session.link().channel(withInput(call, id, frame)).subscribe(pending);
      } else {
        session.link().request(frame).subscribe(pending);
      }
      pending.sent();
    } finally {
      Reference.reachabilityFence(frame);
    }
  }

  /** The call, then the items of its publisher argument. */
  Publisher<Frame> withInput(Invocation call, long id, Frame frame) {
    int index = call.spec().options().channelArgument();
    @Nullable Object argument = call.arguments().get(index);
    if (argument == null) {
      return Mono.just(frame);
    }
    var asked = new AskedOnWorkers((Publisher<?>) argument, session.side().workers().executor());
    var items = new OutgoingItems(session, asked, true, () -> call.spec().mode(index));
    return Flux.just(frame)
        .concatWith(items)
        .doOnSubscribe(s -> session.inputs().put(id, items))
        .doFinally(end -> session.inputs().remove(id));
  }

  /** What a call returned; throws what it threw. */
  @Nullable Object result(Invocation call, PendingCall pending, Incoming answer) throws Throwable {
    if (answer.message() instanceof Message.Thrown) {
      Throwable thrown = session.marshaller().readThrown(answer, pending.arrays());
      throw RemoteStacks.join(session, thrown, call.text(), false);
    }
    if (!(answer.message() instanceof Message.Returned)) {
      throw new ProtocolException(call.text() + " was answered by a " + answer.message());
    }
    try (BodyReader body = session.marshaller().read(answer)) {
      return pending.arrays().read(body);
    }
  }

  /** The peer knows which methods there are, we know which one we meant. */
  static Throwable named(Throwable failure, Invocation call) {
    if (!(failure instanceof NoSuchRemoteMethodException)) {
      return failure;
    }
    return call.spec().dispensable()
        ? new Shortcut.Missing(failure)
        : new NoSuchRemoteMethodException(call.text() + ": " + failure.getMessage());
  }

  /** As the method declares it; who is interrupted otherwise calls all the same. */
  static void refuseIfInterrupted(Invocation call) throws InterruptedException {
    if (call.spec().interrupts() == Interrupts.REFUSED && Thread.interrupted()) {
      throw new InterruptedException(call.text() + " was not sent: its thread is interrupted");
    }
  }

  /**
   * Fails on a thread that must not wait.
   *
   * @param what would wait
   * @param instead what a face returns that does not
   */
  static void refuseOnNonBlockingThread(Supplier<String> what, String instead) {
    if (Schedulers.isInNonBlockingThread()) {
      throw new BlockingNotAllowedException(
          what.get()
              + " would block the thread "
              + Thread.currentThread().getName()
              + ", which must not block; use Remote.async or a face that returns a "
              + instead);
    }
  }

  static CallTimeoutException timedOut(Invocation call, TimeLimit limit) {
    return new CallTimeoutException(
        call.text()
            + " did not answer within "
            + limit.given()
            + "; it may still have been carried out");
  }
}
