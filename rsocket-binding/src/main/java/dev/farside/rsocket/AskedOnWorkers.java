package dev.farside.rsocket;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
 * subscriber as they come.
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
    var asker = new Asker(subscriber);
    try {
      workers.execute(() -> source.subscribe(asker));
    } catch (RejectedExecutionException e) {
      Operators.error(subscriber, e); // the side has closed
    }
  }

  /** {@code pending} lets one worker at a time ask. */
  private final class Asker implements CoreSubscriber<Object>, Subscription {
    private final CoreSubscriber<? super Object> subscriber;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile @Nullable Subscription asked;

    Asker(CoreSubscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public Context currentContext() {
      return subscriber.currentContext();
    }

    /** On the worker that subscribes, which asks for what is requested meanwhile. */
    @Override
    public void onSubscribe(Subscription subscription) {
      asked = subscription;
      pending.getAndIncrement();
      subscriber.onSubscribe(this);
      ask(subscription);
    }

    @Override
    public void request(long n) {
      @Nullable Subscription subscription = asked;
      if (!Operators.validate(n) || subscription == null) {
        return;
      }
      wanted.accumulateAndGet(n, Operators::addCap);
      if (pending.getAndIncrement() == 0) {
        try {
          workers.execute(() -> ask(subscription));
        } catch (RejectedExecutionException e) {
          subscription.cancel(); // the side has closed
        }
      }
    }

    private void ask(Subscription subscription) {
      int missed = pending.get();
      do {
        long n = wanted.getAndSet(0);
        if (n > 0) {
          subscription.request(n);
        }
        missed = pending.addAndGet(-missed);
      } while (missed != 0);
    }

    @Override
    public void cancel() {
      @Nullable Subscription subscription = asked;
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onNext(Object item) {
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable thrown) {
      subscriber.onError(thrown);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
