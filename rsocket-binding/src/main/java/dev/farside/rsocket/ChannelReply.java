package dev.farside.rsocket;

import dev.farside.FarsideException;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** What goes out on a channel: the reply to the call that is the first to come in. */
final class ChannelReply extends Flux<Frame> {
  private final Dispatcher dispatcher;
  private final Publisher<Frame> incoming;

  ChannelReply(Dispatcher dispatcher, Publisher<Frame> incoming) {
    this.dispatcher = dispatcher;
    this.incoming = incoming;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Frame> subscriber) {
    incoming.subscribe(new ChannelInput((frame, input) -> reply(frame, input, subscriber)));
  }

  private void reply(Frame frame, ChannelInput input, CoreSubscriber<? super Frame> subscriber) {
    try {
      dispatcher.reply(frame, input).subscribe(subscriber);
    } catch (FarsideException e) {
      Operators.error(subscriber, e);
    }
  }
}
