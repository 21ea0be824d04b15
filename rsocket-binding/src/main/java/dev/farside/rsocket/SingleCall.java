package dev.farside.rsocket;

import dev.farside.CallTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A call of ours whose answer goes to a subscriber; calls once the answer is requested. */
final class SingleCall extends Mono<Object> {
  private final Session session;
  private final Invocation call;

  SingleCall(Session session, Invocation call) {
    this.session = session;
    this.call = call;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Object> subscriber) {
    StackRoom.require();
    subscriber.onSubscribe(new Pending(subscriber));
  }

  private final class Pending extends PendingCall implements Subscription {
    private final CoreSubscriber<? super Object> subscriber;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Disposable timeout = Disposables.disposed();
    private volatile boolean ended;

    Pending(CoreSubscriber<? super Object> subscriber) {
      super(session, session.caller().nextId());
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (!begun.compareAndSet(false, true)) {
        return;
      }
      try {
        TimeLimit limit = limit();
        Invocation carrying = carrying();
        startTimeout(limit);
        @Nullable CallContext within = CallContext.of(subscriber.currentContext());
        waits(within);
        session.caller().send(carrying, id(), null, within, limit, this);
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    /** What the subscription belongs to waits for this call, until that has ended. */
    private void waits(@Nullable CallContext within) {
      if (within != null) {
        session.waits().begin(id(), within.nesting());
        if (ended) {
          session.waits().end(id());
        }
      }
    }

    private void ended() {
      ended = true;
      timeout.dispose();
      session.waits().end(id());
    }

    private TimeLimit limit() {
      try {
        return Caller.limit(call, CallContext.current(subscriber.currentContext()));
      } catch (CallTimeoutException e) {
        unsent();
        throw e;
      }
    }

    private Invocation carrying() {
      try {
        return call.within(subscriber.currentContext());
      } catch (RuntimeException e) {
        unsent();
        throw e;
      }
    }

    private void startTimeout(TimeLimit limit) {
      if (limit.exists()) {
        timeout =
            Schedulers.parallel()
                .schedule(() -> timeOut(limit), limit.leftNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private void timeOut(TimeLimit limit) {
      if (giveUp()) {
        ended();
        subscriber.onError(Caller.timedOut(call, limit));
      }
    }

    @Override
    void answered(Incoming answer) {
      ended();
      @Nullable Object result;
      try (answer) {
        result = session.caller().result(call, this, answer);
      } catch (Throwable e) {
        subscriber.onError(e);
        return;
      }
      if (result != null) {
        subscriber.onNext(result);
      }
      subscriber.onComplete();
    }

    @Override
    void failed(Throwable failure) {
      ended();
      subscriber.onError(Caller.named(failure, call));
    }

    @Override
    public void cancel() {
      ended();
      if (begun.compareAndSet(false, true)) {
        unsent();
      } else {
        giveUp();
      }
    }
  }
}
