package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.Message;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The one answer to a call that came in. The call is carried out once its answer is requested. */
final class SingleReply extends Mono<Frame> {
  private static final int NEW = 0;
  private static final int RUNNING = 1;
  private static final int UNWANTED = 2;
  private static final int ENDED = 3;

  private final Session session;
  private final IncomingCall call;
  private final @Nullable ChannelInput input;

  /**
   * An answer.
   *
   * @param input the items of the publisher argument, if there is one
   */
  SingleReply(Session session, IncomingCall call, @Nullable ChannelInput input) {
    this.session = session;
    this.call = call;
    this.input = input;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Frame> receiver) {
    receiver.onSubscribe(new Execution(receiver));
  }

  /** Receives what the method gives later, if it does. Whoever makes it ended may answer. */
  private final class Execution
      implements Runnable, IncomingCall.Taker, Subscription, CoreSubscriber<Object> {
    private final CoreSubscriber<? super Frame> receiver;
    private final AtomicInteger state = new AtomicInteger(NEW);
    private @Nullable Throwable thrown;
    private boolean later;

    Execution(CoreSubscriber<? super Frame> receiver) {
      this.receiver = receiver;
    }

    @Override
    public Context currentContext() {
      return call.context().toContext();
    }

    @Override
    public void request(long n) {
      if (state.compareAndSet(NEW, RUNNING)) {
        session.running().put(call.id(), call.running());
        call.execute(this, false, this::fail);
      }
    }

    /** Invokes the method; if that threw, it runs once more where there is room to say so. */
    @Override
    public void run() {
      if (thrown != null) {
        threw(thrown);
        return;
      }
      @Nullable Object result;
      try {
        result = call.invoke(input, this);
      } catch (Throwable e) {
        thrown = e;
        session.side().threads().runWithRoom(this); // no lambda: linking one takes room, too
        return;
      }
      if (!later) {
        returned(result);
      }
    }

    /** What comes later is subscribed to as part of the call: its body is interrupted with it. */
    @Override
    public @Nullable Object take(@Nullable Object result) {
      later = call.comesLater(result);
      if (later) {
        later(result).subscribe(this);
      }
      return result;
    }

    private Mono<?> later(@Nullable Object result) {
      Workers workers = session.side().workers();
      return call.options().has(CallOptions.FAILURE_OF_STAGE)
          ? Results.singleOfStage(result, workers)
          : Results.single(result, workers);
    }

    private void threw(Throwable e) {
      if (e instanceof IncomingCall.Refused refused) {
        fail(refused.why());
      } else {
        onError(e);
      }
    }

    @Override
    public void onSubscribe(Subscription later) {
      call.running()
          .onCancel(
              () -> {
                later.cancel();
                fail(Session.cancelled());
              });
      later.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object result) {
      returned(result);
    }

    @Override
    public void onComplete() {
      returned(null);
    }

    @Override
    public void onError(Throwable e) {
      answer(() -> session.marshaller().thrown(e, call.arrays()));
    }

    private void returned(@Nullable Object result) {
      answer(
          () ->
              session
                  .marshaller()
                  .frame(
                      new Message.Returned(),
                      call.copiesCollections(),
                      body -> call.arrays().write(body, result, call.resultMode())));
    }

    /** Encodes and sends, or sends why it cannot be encoded. */
    private void answer(Supplier<Frame> encode) {
      if (!end()) {
        return;
      }
      Frame frame;
      try {
        frame = encode.get();
      } catch (RuntimeException e) {
        receiver.onError(e);
        return;
      } catch (Error e) {
        // such as a stack overflow: this thread may have no room left to send it
        session.side().workers().executor().execute(() -> receiver.onError(e));
        return;
      }
      session.side().threads().runWithRoom(() -> send(frame));
    }

    private void send(Frame frame) {
      try {
        receiver.onNext(frame);
        receiver.onComplete();
      } finally {
        Reference.reachabilityFence(frame);
      }
    }

    private void fail(Throwable why) {
      if (end()) {
        receiver.onError(why);
      }
    }

    /** The connection has ended, or RSocket was told to cancel. */
    @Override
    public void cancel() {
      if (state.get() != ENDED) {
        state.compareAndSet(RUNNING, UNWANTED);
        if (call.running().cancel()) {
          end();
        }
      }
    }

    /** Whether the answer is still wanted. */
    private boolean end() {
      int before = state.getAndSet(ENDED);
      if (before == ENDED) {
        return false;
      }
      session.running().remove(call.id());
      call.ended();
      return before != UNWANTED;
    }
  }
}
