package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * What comes in on a channel: the first frame is the call, the later ones are this publisher's, for
 * one subscriber. It is never cancelled: the peer is asked to stop, and what still comes is
 * drained.
 */
final class ChannelInput extends Flux<Frame> implements CoreSubscriber<Frame> {
  private final BiConsumer<Frame, ChannelInput> onCall;
  private final Sinks.Many<Frame> later = Sinks.many().unicast().onBackpressureBuffer();
  private final AtomicBoolean used = new AtomicBoolean();
  private @Nullable Subscription upstream;
  private boolean called;

  /**
   * The input of one channel.
   *
   * @param onCall takes the first frame
   */
  ChannelInput(BiConsumer<Frame, ChannelInput> onCall) {
    this.onCall = onCall;
  }

  /** Whether nobody has subscribed; nobody can any more then. */
  boolean refuse() {
    return used.compareAndSet(false, true);
  }

  @Override
  public void subscribe(CoreSubscriber<? super Frame> subscriber) {
    if (used.compareAndSet(false, true)) {
      later.asFlux().doOnRequest(this::request).subscribe(subscriber);
    } else {
      Operators.error(
          subscriber,
          new IllegalStateException(
              "A publisher argument can be subscribed to once, while its call goes on; share() it"));
    }
  }

  private void request(long n) {
    @Nullable Subscription channel = upstream;
    if (channel != null) {
      channel.request(n);
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(Frame frame) {
    if (called) {
      later.tryEmitNext(frame);
    } else {
      called = true;
      onCall.accept(frame, this);
    }
  }

  @Override
  public void onError(Throwable throwable) {
    later.tryEmitError(throwable);
  }

  @Override
  public void onComplete() {
    later.tryEmitComplete();
  }
}
