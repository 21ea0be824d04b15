package dev.farside.rsocket;

import io.rsocket.Payload;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Makes payloads of the frames of a stream, and RSocket's failures of ours, in one step. */
final class RSocketOutbound implements CoreSubscriber<Frame> {
  private final CoreSubscriber<? super Payload> receiver;
  private final Traffic traffic;

  private RSocketOutbound(CoreSubscriber<? super Payload> receiver, Traffic traffic) {
    this.receiver = receiver;
    this.traffic = traffic;
  }

  /** The operator. */
  static Function<? super Publisher<Frame>, ? extends Publisher<Payload>> of(Traffic traffic) {
    return Operators.lift((source, receiver) -> new RSocketOutbound(receiver, traffic));
  }

  @Override
  public Context currentContext() {
    return receiver.currentContext();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    receiver.onSubscribe(subscription);
  }

  @Override
  public void onNext(Frame frame) {
    traffic.sent(frame);
    receiver.onNext(Payloads.of(frame));
  }

  @Override
  public void onError(Throwable failure) {
    receiver.onError(RSocketFailures.toPeer(failure));
  }

  @Override
  public void onComplete() {
    receiver.onComplete();
  }
}
