package dev.farside.rsocket;

import dev.farside.FarsideException;
import dev.farside.ProtocolException;
import dev.farside.codec.BodyReader;
import dev.farside.codec.Message;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Frames of a stream as its items, for one subscriber. When cancelled, says so to the sender and
 * discards what still arrives, so that no reference in it is lost.
 *
 * <p>An item that is a {@link StreamSignal} says what publishers have no words for.
 */
final class IncomingItems extends Flux<Object> {
  private final Session session;
  private final Publisher<Frame> frames;
  private final StreamOrigin origin;
  private final Runnable onCancel;
  private final Runnable onEnd;

  /**
   * Items of these frames.
   *
   * @param origin named where the stream fails, and kept while it goes on
   * @param onCancel tells the sender that no more is wanted
   * @param onEnd called once when no frame can come any more
   */
  IncomingItems(
      Session session,
      Publisher<Frame> frames,
      StreamOrigin origin,
      Runnable onCancel,
      Runnable onEnd) {
    this.session = session;
    this.frames = frames;
    this.origin = origin;
    this.onCancel = onCancel;
    this.onEnd = onEnd;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Object> subscriber) {
    var receiver = new Receiver(subscriber);
    subscriber.onSubscribe(receiver);
    receiver.begin();
  }

  private final class Receiver implements CoreSubscriber<Frame>, Subscription {
    private final CoreSubscriber<? super Object> subscriber;
    private final Queue<Object> queue = Queues.<Object>unbounded(64).get();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private final ItemCredit credit = new ItemCredit();
    private final SerialRequests upstream = new SerialRequests();
    private volatile @Nullable Throwable failure;
    private volatile boolean begun;
    private volatile boolean done;
    private volatile boolean cancelled;

    Receiver(CoreSubscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
    }

    /** Subscribes, unless nothing is wanted any more; only then can the sender be told to stop. */
    void begin() {
      if (cancelled) {
        onEnd.run();
        return;
      }
      frames.subscribe(this);
      begun = true;
      if (cancelled && !done) {
        onCancel.run();
      }
    }

    @Override
    public Context currentContext() {
      return subscriber.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream.request(1 + credit.grant()); // the sender keeps one for a failure
      upstream.set(subscription);
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n)) {
        requested.accumulateAndGet(n, Operators::addCap);
        credit.demand(n);
        grant();
        emit();
      }
    }

    private void grant() {
      long items = credit.grant();
      if (items > 0) {
        upstream.request(items);
      }
    }

    @Override
    public void onNext(Frame frame) {
      try (Incoming incoming = session.marshaller().receive(frame)) {
        if (!cancelled && failure == null) {
          accept(incoming, frame.size());
        }
      } catch (FarsideException e) {
        fail(e);
        onCancel.run();
      }
    }

    private void accept(Incoming incoming, int bytes) {
      if (incoming.message() instanceof Message.Items) {
        credit.received(decode(incoming), bytes);
      } else if (incoming.message() instanceof Message.Opened) {
        queue.offer(StreamSignal.OPENED);
        credit.received(1, bytes);
      } else if (incoming.message() instanceof Message.Thrown) {
        Throwable thrown = session.marshaller().readThrown(incoming);
        failure = RemoteStacks.join(session, thrown, origin.text(), false); // told at the end
      } else {
        throw new ProtocolException("A stream brought a " + incoming.message());
      }
      grant();
      emit();
    }

    private int decode(Incoming incoming) {
      int count = 0;
      try (BodyReader body = session.marshaller().read(incoming)) {
        while (body.hasMore()) {
          @Nullable Object item = body.value("item", Object.class);
          queue.offer(item == null ? StreamSignal.NULL : item);
          count++;
        }
        body.finish();
      }
      return count;
    }

    private void fail(Throwable throwable) {
      if (!done) {
        if (failure == null) {
          failure = throwable;
        }
        done = true;
        emit();
      }
    }

    @Override
    public void onError(Throwable throwable) {
      fail(throwable);
      onEnd.run();
    }

    @Override
    public void onComplete() {
      done = true;
      emit();
      onEnd.run();
    }

    @Override
    public void cancel() {
      if (!cancelled) {
        cancelled = true;
        if (begun && !done) {
          onCancel.run();
        }
        emit();
      }
    }

    private void emit() {
      if (pending.getAndIncrement() != 0) {
        return;
      }
      int missed = 1;
      do {
        if (cancelled) {
          queue.clear();
        } else {
          emitItems();
        }
        missed = pending.addAndGet(-missed);
      } while (missed != 0);
    }

    private void emitItems() {
      long wanted = requested.get();
      long emitted = 0;
      while (!cancelled) {
        boolean last = done;
        @Nullable Object item = emitted == wanted ? queue.peek() : queue.poll();
        if (item == null && last) {
          cancelled = true;
          emitEnd();
        } else if (item == null || emitted == wanted) {
          break;
        } else {
          emitted++;
          subscriber.onNext(item);
        }
      }
      if (wanted != Long.MAX_VALUE) {
        requested.addAndGet(-emitted);
      }
    }

    private void emitEnd() {
      @Nullable Throwable thrown = failure;
      if (thrown == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(thrown);
      }
    }
  }
}
