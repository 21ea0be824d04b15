package dev.farside.rsocket;

import dev.farside.FarsideException;
import dev.farside.codec.BodyWriter;
import dev.farside.codec.Message;
import dev.farside.codec.PassMode;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * The items of a publisher as frames. What is there at the same time shares a frame. The source is
 * asked for as many items as frames were requested, and what it gives leaves as it comes: a source
 * that gives more than it was asked for is not held back. The first requested frame is kept back
 * for a failure, so that it never exceeds the demand.
 *
 * <p>The source must neither emit nor wait while it is asked for items. Reactive Streams rules
 * order the signals; {@code pending} lets one thread at a time emit.
 */
final class OutgoingItems extends Flux<Frame> {
  private static final int MAX_ITEMS = 256;
  private static final int MAX_BYTES = 32 << 10;

  private final Session session;
  private final Publisher<?> source;
  private final boolean copyCollections;
  private final Supplier<PassMode> mode;
  private final Queue<Object> queue;
  private volatile @Nullable Sender sender;
  private volatile boolean stopped;

  /**
   * Items of a source.
   *
   * @param mode how each is asked to be passed; known once there is an item
   */
  OutgoingItems(
      Session session, Publisher<?> source, boolean copyCollections, Supplier<PassMode> mode) {
    this(session, source, copyCollections, mode, Queues.<Object>unbounded(MAX_ITEMS).get());
  }

  /**
   * The same.
   *
   * @param queue of one thread to one other; may take an item a little before it shows it
   */
  OutgoingItems(
      Session session,
      Publisher<?> source,
      boolean copyCollections,
      Supplier<PassMode> mode,
      Queue<Object> queue) {
    this.session = session;
    this.source = source;
    this.copyCollections = copyCollections;
    this.mode = mode;
    this.queue = queue;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Frame> subscriber) {
    var made = new Sender(subscriber);
    sender = made;
    subscriber.onSubscribe(made);
    if (stopped) {
      made.stop();
    }
    source.subscribe(made);
  }

  /** The receiver wants no more: cancels the source and completes. */
  void stop() {
    stopped = true;
    @Nullable Sender running = sender;
    if (running != null) {
      running.stop();
    }
  }

  private final class Sender implements CoreSubscriber<Object>, Subscription {
    private final CoreSubscriber<? super Frame> receiver;
    private final AtomicInteger pending = new AtomicInteger();
    private final Scheduler.Worker emitter = Schedulers.parallel().createWorker();
    private final Operators.DeferredSubscription upstream = new Operators.DeferredSubscription();
    private final SerialRequests demand = new SerialRequests();
    private final AtomicBoolean reserved = new AtomicBoolean();
    private volatile @Nullable Throwable failure;
    private volatile boolean done;
    private volatile boolean ended;

    Sender(CoreSubscriber<? super Frame> receiver) {
      this.receiver = receiver;
      demand.set(upstream);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream.set(subscription);
    }

    /**
     * From the connection: so many more frames, of which ours hold at least one item each. The
     * first demand of a channel is passed on by the thread that subscribes, and may meet the next.
     */
    @Override
    public void request(long frames) {
      long items = reserved.compareAndSet(false, true) ? frames - 1 : frames;
      if (items > 0) {
        demand.request(items);
      }
    }

    @Override
    public void onNext(Object item) {
      queue.offer(item);
      schedule();
    }

    @Override
    public void onError(Throwable throwable) {
      failure = throwable;
      done = true;
      schedule();
    }

    @Override
    public void onComplete() {
      done = true;
      schedule();
    }

    /** From the connection: it has ended. */
    @Override
    public void cancel() {
      ended = true;
      upstream.cancel();
      emitter.dispose();
    }

    void stop() {
      upstream.cancel();
      done = true;
      schedule();
    }

    /** What arrives until the emitter has begun shares its frame. */
    private void schedule() {
      if (pending.getAndIncrement() == 0) {
        try {
          emitter.schedule(this::emit);
        } catch (RejectedExecutionException e) {
          queue.clear(); // the connection has ended
        }
      }
    }

    private void emit() {
      int missed = pending.get();
      do {
        try {
          emitAll();
        } catch (RuntimeException | Error e) {
          abort(e);
        }
        missed = pending.addAndGet(-missed);
      } while (missed != 0);
    }

    private void emitAll() {
      boolean last = done;
      while (!ended && queue.peek() != null) {
        if (stopped) {
          queue.poll();
        } else {
          emitFrame();
        }
      }
      if (last && !ended) {
        emitEnd();
      }
    }

    /** This item cannot be sent, and nothing after it. */
    private void abort(Throwable why) {
      upstream.cancel();
      queue.clear();
      if (!ended) {
        end();
        receiver.onError(why);
      }
    }

    private void emitFrame() {
      if (queue.peek() == StreamSignal.OPENED) {
        queue.poll();
        receiver.onNext(Marshaller.frame(new Message.Opened()));
        return;
      }
      var items = new ArrayList<Object>();
      Frame frame;
      try {
        frame = frame(body -> write(body, items));
      } catch (FarsideException e) {
        sendOneByOne(items);
        return;
      }
      send(frame);
    }

    private Frame frame(Consumer<BodyWriter> write) {
      return session.marshaller().frame(new Message.Items(), copyCollections, write);
    }

    private void write(BodyWriter body, List<Object> items) {
      while (items.size() < MAX_ITEMS && body.size() < MAX_BYTES) {
        @Nullable Object item = queue.peek();
        if (item == null || item == StreamSignal.OPENED) {
          return;
        }
        queue.poll();
        items.add(item);
        write(body, item);
      }
    }

    private void write(BodyWriter body, Object item) {
      body.value("item", item == StreamSignal.NULL ? null : item, mode.get());
    }

    /** One of these items cannot be sent, at least not with the others: those before it can. */
    private void sendOneByOne(List<Object> items) {
      for (Object item : items) {
        Frame frame;
        try {
          frame = frame(body -> write(body, item));
        } catch (FarsideException e) {
          abort(e);
          return;
        }
        send(frame);
      }
    }

    private void emitEnd() {
      @Nullable Throwable thrown = failure;
      end();
      try {
        if (thrown != null) {
          send(session.marshaller().thrown(thrown));
        }
        receiver.onComplete();
      } catch (FarsideException e) {
        receiver.onError(e);
      }
    }

    private void end() {
      ended = true;
      emitter.dispose();
    }

    private void send(Frame frame) {
      try {
        receiver.onNext(frame);
      } finally {
        Reference.reachabilityFence(frame);
      }
    }
  }
}
