package dev.farside.rsocket;

import io.rsocket.Payload;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Makes frames of the payloads of a stream, and our failures of RSocket's, in one step. */
final class RSocketInbound implements CoreSubscriber<Payload> {
  private final CoreSubscriber<? super Frame> receiver;
  private final Traffic traffic;
  private final RSocketEnding ending;

  private RSocketInbound(
      CoreSubscriber<? super Frame> receiver, Traffic traffic, RSocketEnding ending) {
    this.receiver = receiver;
    this.traffic = traffic;
    this.ending = ending;
  }

  /**
   * The operator.
   *
   * @param ending words the failures of the connection
   */
  static Function<? super Publisher<Payload>, ? extends Publisher<Frame>> of(
      Traffic traffic, RSocketEnding ending) {
    return Operators.lift((source, receiver) -> new RSocketInbound(receiver, traffic, ending));
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
  public void onNext(Payload payload) {
    Frame frame = Payloads.toFrame(payload);
    traffic.received(frame);
    receiver.onNext(frame);
  }

  @Override
  public void onError(Throwable failure) {
    receiver.onError(RSocketFailures.fromPeer(failure, ending));
  }

  @Override
  public void onComplete() {
    receiver.onComplete();
  }
}
