package dev.farside.rsocket;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * The items of a call that came in. Who cancels them gives the call up; one that is shielded runs
 * on to its end: its items are asked for without limit then, and dropped.
 */
final class ShieldedItems extends Flux<Object> {
  private final Publisher<Object> items;
  private final RunningCall running;
  private final Runnable onEnd;

  /**
   * Items.
   *
   * @param onEnd told before their end is passed on; {@code doOnTerminate} would throw what Reactor
   *     takes to be fatal, where it is only what the callee threw
   */
  ShieldedItems(Publisher<Object> items, RunningCall running, Runnable onEnd) {
    this.items = items;
    this.running = running;
    this.onEnd = onEnd;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Object> subscriber) {
    items.subscribe(new Receiver(subscriber, subscriber.currentContext()));
  }

  private final class Receiver implements CoreSubscriber<Object>, Subscription {
    private final Context context;
    private volatile @Nullable CoreSubscriber<? super Object> subscriber;
    private @Nullable Subscription upstream;

    Receiver(CoreSubscriber<? super Object> subscriber, Context context) {
      this.subscriber = subscriber;
      this.context = context;
    }

    @Override
    public Context currentContext() {
      return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream = subscription;
      @Nullable CoreSubscriber<? super Object> wanting = subscriber;
      if (wanting != null) {
        wanting.onSubscribe(this);
      }
    }

    @Override
    public void request(long n) {
      @Nullable Subscription source = upstream;
      if (source != null) {
        source.request(n);
      }
    }

    /** Nobody wants more; what held the items that were on their way becomes garbage. */
    @Override
    public void cancel() {
      subscriber = null;
      boolean givenUp = running.cancel();
      @Nullable Subscription source = upstream;
      if (source != null && givenUp) {
        source.cancel();
      } else if (source != null) {
        source.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(Object item) {
      @Nullable CoreSubscriber<? super Object> wanting = subscriber;
      if (wanting != null) {
        wanting.onNext(item);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      onEnd.run();
      @Nullable CoreSubscriber<? super Object> wanting = subscriber;
      if (wanting != null) {
        wanting.onError(thrown);
      }
    }

    @Override
    public void onComplete() {
      onEnd.run();
      @Nullable CoreSubscriber<? super Object> wanting = subscriber;
      if (wanting != null) {
        wanting.onComplete();
      }
    }
  }
}
