package dev.farside.rsocket;

import static java.util.Objects.requireNonNullElseGet;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A publisher that is subscribed and asked for items by workers, one at a time: many emit all that
 * was requested before {@code request} returns, and some never return from it. Its items go to the
 * subscriber as they come. The workers carry on the call that gave it. What it throws meanwhile is
 * its end; what comes after its end is ignored.
 */
final class AskedOnWorkers extends Flux<Object> {
  private final Publisher<?> source;
  private final Executor workers;

  AskedOnWorkers(Publisher<?> source, Executor workers) {
    this.source = source;
    this.workers = workers;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Object> subscriber) {
    new Asker(Operators.serialize(subscriber)).begin();
  }

  /**
   * {@code pending} lets one worker at a time ask, also while the one that subscribes has not
   * returned. The subscriber takes what a worker and the source say at the same time one after the
   * other.
   */
  private final class Asker implements CoreSubscriber<Object>, Subscription {
    private final CoreSubscriber<? super Object> subscriber;
    private final @Nullable CallContext call;
    private final RunningCall subscribing = new RunningCall();
    private final RunningCall asking = new RunningCall();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Subscription asked;

    Asker(CoreSubscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
      this.call = CallContext.of(subscriber.currentContext());
    }

    void begin() {
      subscriber.onSubscribe(this);
      execute(subscribing, () -> source.subscribe(this));
    }

    @Override
    public Context currentContext() {
      return subscriber.currentContext();
    }

    /** On the worker that subscribes, which asks for what has been requested before. */
    @Override
    public void onSubscribe(Subscription subscription) {
      if (!Operators.validate(asked, subscription)) {
        return;
      }
      asked = subscription;
      if (ended.get()) {
        subscription.cancel();
      } else if (pending.getAndIncrement() == 0) {
        ask(subscription);
      }
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n)) {
        wanted.accumulateAndGet(n, Operators::addCap);
        @Nullable Subscription subscription = asked;
        if (subscription != null && pending.getAndIncrement() == 0) {
          execute(asking, () -> ask(subscription));
        }
      }
    }

    private void execute(RunningCall running, Runnable task) {
      try {
        workers.execute(() -> work(running, task));
      } catch (RejectedExecutionException e) {
        fail(e); // the side has closed
      }
    }

    private void work(RunningCall running, Runnable task) {
      try {
        if (running.enter()) {
          run(() -> runInContext(task));
        }
      } finally {
        running.leave();
      }
    }

    private void runInContext(Runnable task) {
      Scope scope = call == null ? Scope.NONE : call.carryOn();
      try {
        task.run();
      } finally {
        scope.close();
      }
    }

    private void run(Runnable task) {
      try {
        task.run();
      } catch (Throwable e) {
        fail(e);
      }
    }

    private void ask(Subscription subscription) {
      int missed = pending.get();
      do {
        long n = wanted.getAndSet(0);
        if (n > 0 && !ended.get()) {
          run(() -> subscription.request(n));
        }
        missed = pending.addAndGet(-missed);
      } while (missed != 0);
    }

    /** The source cannot go on. */
    private void fail(Throwable why) {
      if (ended.compareAndSet(false, true)) {
        try {
          cancelAsked();
        } finally {
          subscriber.onError(why);
        }
      }
    }

    @Override
    public void cancel() {
      ended.set(true);
      try {
        cancelAsked();
      } finally {
        subscribing.cancel();
        asking.cancel();
      }
    }

    private void cancelAsked() {
      @Nullable Subscription subscription = asked;
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onNext(@Nullable Object item) {
      if (item == null) {
        fail(isNull("gave a null element"));
      } else if (!ended.get()) {
        subscriber.onNext(item);
      }
    }

    @Override
    public void onError(@Nullable Throwable thrown) {
      if (ended.compareAndSet(false, true)) {
        subscriber.onError(requireNonNullElseGet(thrown, () -> isNull("failed with a null error")));
      }
    }

    private NullPointerException isNull(String what) {
      return new NullPointerException(
          "A publisher " + what + ", which none can: " + source.getClass().getName());
    }

    @Override
    public void onComplete() {
      if (ended.compareAndSet(false, true)) {
        subscriber.onComplete();
      }
    }
  }
}
