package dev.farside.rsocket;

import dev.farside.Exposure;
import dev.farside.FarsideException;
import dev.farside.NotAllowedException;
import dev.farside.ProtocolException;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Message;
import dev.farside.codec.PassMode;
import dev.farside.codec.Target;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SignalType;

/**
 * Carries out what the peer asks for. Each method is called on the connection's thread, in the
 * order in which the frames came in, and returns at once.
 */
final class Dispatcher {
  private final Session session;

  Dispatcher(Session session) {
    this.session = session;
  }

  /** A call that wants one answer, or the greeting. */
  Mono<Frame> request(Frame frame) {
    Incoming incoming = receive(frame);
    if (incoming.message() instanceof Message.Hello hello) {
      return session.greet(hello);
    }
    return new SingleReply(session, begin(incoming), null);
  }

  /** A call that wants a stream, or a subscription. */
  Flux<Frame> stream(Frame frame) {
    Incoming incoming = receive(frame);
    if (incoming.message() instanceof Message.Subscribe subscribe) {
      return publish(subscribe);
    }
    return items(begin(incoming), null, () -> {});
  }

  /** A call with the items of its publisher argument. */
  Flux<Frame> channel(Publisher<Frame> frames) {
    return new ChannelReply(this, frames);
  }

  /** The reply to a channel's first frame. */
  Publisher<Frame> reply(Frame frame, ChannelInput input) {
    IncomingCall call = begin(receive(frame));
    Runnable refuse = () -> refuse(call, input);
    call.running().onCancel(refuse);
    return call.options().has(CallOptions.STREAM)
        ? items(call, input, refuse)
        : new SingleReply(session, call, input).flux().doOnTerminate(refuse);
  }

  private void refuse(IncomingCall call, ChannelInput input) {
    if (input.refuse()) {
      session.cancel(call.id(), true);
    }
  }

  /** A message that wants no answer. */
  void accept(Frame frame) {
    Incoming incoming = receive(frame);
    Message message = incoming.message();
    if (message instanceof Message.Call) {
      new OneWayCall(session, begin(incoming)).execute();
    } else if (message instanceof Message.Cancel cancel) {
      session.cancelled(cancel);
    } else if (message instanceof Message.Release release) {
      session.exports().release(release.counts());
    } else if (message instanceof Message.ChainsEnded ended) {
      ended.chains().forEach(chain -> session.side().threads().ended(chain, session));
    } else if (message instanceof Message.KnowsShapes knows) {
      session.shapes().peerKnows(knows.numbers());
    } else {
      throw new ProtocolException("The peer sent a " + message + " where nothing is answered");
    }
  }

  /** Only of a call the body is read: what else refers to something, does so in vain. */
  private Incoming receive(Frame frame) {
    Incoming incoming = session.marshaller().receive(frame);
    if (!(incoming.message() instanceof Message.Call)) {
      incoming.close();
    }
    return incoming;
  }

  private IncomingCall begin(Incoming incoming) {
    if (incoming.message() instanceof Message.Call call) {
      try {
        return new IncomingCall(session, incoming, call);
      } catch (FarsideException e) {
        incoming.close();
        throw e;
      } catch (RuntimeException | Error e) {
        // thrown on, some of these would end the connection
        incoming.close();
        throw new ProtocolException("The peer could not begin with the call: " + e, e);
      }
    }
    throw new ProtocolException("The peer asked for an answer to a " + incoming.message());
  }

  /** The call ends with its items, also when nobody takes these any more. */
  private Flux<Frame> items(IncomingCall call, @Nullable ChannelInput input, Runnable onEnd) {
    Flux<Object> items =
        Mono.<Publisher<?>>create(
                sink -> call.execute(() -> invoke(call, input, sink), false, sink::error))
            .<Object>flatMapMany(given -> given)
            .doOnNext(item -> call.context().answered())
            .contextWrite(call.context().toContext())
            .doFinally(end -> call.ended());
    var source = new ShieldedItems(items, call.running(), onEnd);
    return track(
        call.id(),
        call.running(),
        new OutgoingItems(session, source, call.copiesCollections(), call::resultMode));
  }

  private void invoke(
      IncomingCall call, @Nullable ChannelInput input, MonoSink<Publisher<?>> sink) {
    try {
      boolean opened = call.options().has(CallOptions.ACKNOWLEDGE_OPEN);
      @Nullable Object given = call.invoke(input, r -> r);
      call.opened();
      checkElements(given);
      Publisher<?> items =
          opened && given == null && call.isMissing()
              ? Mono.just(StreamSignal.NULL)
              : Results.items(given, opened, session.side().workers());
      if (items instanceof StreamItems elements) {
        call.running().onCancel(elements::discard);
      }
      sink.success(items);
    } catch (IncomingCall.Refused e) {
      sink.error(e.why());
    } catch (Throwable e) {
      sink.error(e);
    }
  }

  /** Fails if the peer, given this, could not ask for its elements. */
  private void checkElements(@Nullable Object given) {
    Side side = session.side();
    Exposure exposure = side.settings().exposure();
    if (exposure == Exposure.PUBLIC
        || !(given instanceof Iterable || given instanceof Iterator)
        || side.passingRules().mayCopy(given.getClass())) {
      return;
    }
    String method = given instanceof Iterable ? "iterator" : "next";
    if (ExportedType.of(given, exposure).named(method).isEmpty()) {
      throw new NotAllowedException(
          "The elements of "
              + StandIns.describe(given)
              + " cannot be asked for here: no type of it that is marked @Remotable declares "
              + method
              + "()");
    }
  }

  private Flux<Frame> publish(Message.Subscribe subscribe) {
    if (subscribe.target() instanceof Target.Statics statics) {
      throw new ProtocolException(
          "The peer subscribed to " + statics.className() + ", which is no publisher");
    }
    Object publisher = session.object(subscribe.target());
    if (session.side().settings().exposure() != Exposure.PUBLIC && !Shapes.isPublisher(publisher)) {
      throw new NotAllowedException("Only publishers and futures can be subscribed to here");
    }
    Object source =
        publisher instanceof CompletionStage<?> stage
            ? stage.thenApply(value -> value) // a subscriber must not cancel it for others
            : publisher;
    Publisher<?> items = Results.items(source, false, session.side().workers());
    return track(
        subscribe.id(),
        new RunningCall(),
        new OutgoingItems(session, items, true, () -> PassMode.BY_CLASS));
  }

  /** Lets the peer give the stream up while it goes on. */
  private Flux<Frame> track(long id, RunningCall running, OutgoingItems items) {
    running.onUnwanted(items::stop);
    session.running().put(id, running);
    return items.doFinally(
        end -> {
          session.running().remove(id);
          if (end == SignalType.CANCEL) {
            running.cancel(); // the connection has ended
          }
        });
  }
}
