package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Carries out this session's calls of what gives many elements. Thread-safe. */
final class StreamCaller {
  private final Session session;
  private final Caller caller;

  StreamCaller(Session session, Caller caller) {
    this.session = session;
    this.caller = caller;
  }

  /** Calls when subscribed; an item that is null is an error. */
  Flux<Object> stream(Invocation call) {
    return Flux.deferContextual(
        context -> {
          StackRoom.require();
          TimeLimit limit = Caller.limit(call, CallContext.current(context));
          Flux<Object> items =
              items(call.within(context), null, CallContext.of(context), limit, null)
                  .map(item -> notNull(call, item));
          return limit.exists()
              ? items.timeout(
                  Mono.delay(Duration.ofNanos(limit.leftNanos())),
                  item -> Mono.never(),
                  Mono.error(() -> Caller.timedOut(call, limit)))
              : items;
        });
  }

  private static Object notNull(Invocation call, Object item) {
    if (item == StreamSignal.NULL) {
      throw new NullPointerException(
          call.text() + " gave a null element, which a publisher cannot hold");
    }
    return item;
  }

  /** As {@link #openIfGiven}, but null is no result. */
  RemoteItems open(Invocation call) throws InterruptedException {
    @Nullable RemoteItems given = openIfGiven(call, items -> items);
    if (given == null) {
      throw new NullPointerException(call.text() + " gave null");
    }
    return given;
  }

  /**
   * Calls, waits until the method has returned, and gives its items to a thread that may block.
   *
   * @param watched what is subscribed to, of the items: {@link StreamSignal#OPENED} comes first
   * @return null if the method gave null
   */
  @Nullable RemoteItems openIfGiven(Invocation call, UnaryOperator<Flux<Object>> watched)
      throws InterruptedException {
    StackRoom.require();
    Caller.refuseOnNonBlockingThread(call::text, "Mono");
    Caller.refuseIfInterrupted(call);
    LogicalThread chain = session.side().threads().current();
    TimeLimit limit = Caller.limit(call, CallContext.current());
    Invocation carrying = call.within(Context.empty());
    var callbacks = new ReaderCallbacks(chain, session.side().threads());
    chain.enter(session);
    try {
      Flux<Object> items = items(carrying, chain.chain(), CallContext.current(), limit, callbacks);
      @Nullable RemoteItems opened = RemoteItems.open(call, watched.apply(items), callbacks, limit);
      if (opened == null) {
        throw Caller.timedOut(call, limit);
      }
      return opened.areGiven() ? opened : null;
    } catch (InterruptedException e) {
      throw Caller.interrupted(call, e);
    } finally {
      chain.leave();
    }
  }

  /** Subscribes to a publisher of the peer when subscribed. */
  Flux<Object> subscribe(RemoteObject publisher) {
    return Flux.defer(
        () -> {
          StackRoom.require();
          long id = caller.nextId();
          Frame frame = Marshaller.frame(new Message.Subscribe(id, publisher.target()));
          return items(id, session.link().stream(frame), publisher.toString(), publisher);
        });
  }

  private Flux<Object> items(
      Invocation call,
      @Nullable Chain chain,
      @Nullable CallContext within,
      TimeLimit limit,
      @Nullable ReaderCallbacks callbacks) {
    long id = caller.nextId();
    Message.Call message = call.message(id, chain, limit, caller.during(within, chain));
    Frame frame = session.marshaller().call(message, call, new SentArrays());
    if (chain != null) {
      caller.waits(id, chain);
    } else if (within != null) {
      session.waits().begin(id, within.nesting());
    }
    if (callbacks != null) {
      session.readers().begin(id, callbacks);
    }
    Flux<Frame> frames =
        call.spec().options().has(CallOptions.CHANNEL)
            ? session.link().channel(caller.withInput(call, id, frame))
            : session.link().stream(frame);
    Flux<Frame> complete = session.heldAnswers().completing(id, frames);
    return items(id, complete.onErrorMap(e -> Caller.named(e, call)), call.text(), call);
  }

  private Flux<Object> items(long id, Flux<Frame> frames, String text, Object kept) {
    session.pendingCalls().incrementAndGet();
    return new IncomingItems(
        session,
        frames,
        new StreamOrigin(text, kept),
        () -> session.cancel(id, false),
        () -> {
          session.waits().end(id);
          session.pendingCalls().decrementAndGet();
          session.readers().end(id);
        });
  }
}
