package dev.farside.rsocket;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The elements of a stream, each taken by a worker when it is requested and not before. The stream
 * is closed after its last element or when no more are wanted; a worker that waits for an element
 * is interrupted then. A worker that takes carries on the call that gave the stream. For one
 * subscriber.
 */
final class StreamItems extends Flux<Object> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamItems.class);

  private final Stream<?> stream;
  private final boolean closed;
  private final boolean opened;
  private final Executor workers;
  private final AtomicBoolean used = new AtomicBoolean();

  /**
   * The elements of a stream.
   *
   * @param closed whether it is closed here
   * @param opened whether {@link StreamSignal#OPENED} comes first
   */
  StreamItems(Stream<?> stream, boolean closed, boolean opened, Executor workers) {
    this.stream = stream;
    this.closed = closed;
    this.opened = opened;
    this.workers = workers;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Object> subscriber) {
    if (used.compareAndSet(false, true)) {
      subscriber.onSubscribe(new Taker(subscriber));
    } else {
      Operators.complete(subscriber);
    }
  }

  /** Closes the stream unless somebody has subscribed. */
  void discard() {
    if (used.compareAndSet(false, true)) {
      new Taker(Operators.emptySubscriber()).cancel();
    }
  }

  /** {@code pending} lets one worker at a time take; {@code given} and {@code ended} are its. */
  private final class Taker implements Subscription {
    private final CoreSubscriber<? super Object> subscriber;
    private final @Nullable CallContext call;
    private final RunningCall running = new RunningCall();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final StreamPull elements =
        new StreamPull(stream, opened, this::give, this::isWanted, running::isCancelled);
    private long given;
    private boolean ended;

    Taker(CoreSubscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
      this.call = CallContext.of(subscriber.currentContext());
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n)) {
        requested.accumulateAndGet(n, Operators::addCap);
        elements.wake();
        schedule();
      }
    }

    @Override
    public void cancel() {
      running.cancel();
      elements.wake();
      schedule();
    }

    private void schedule() {
      if (pending.getAndIncrement() == 0) {
        try {
          workers.execute(this::work);
        } catch (RejectedExecutionException e) {
          close(); // the side has closed
        }
      }
    }

    private void work() {
      running.enter();
      try {
        int missed = pending.get();
        do {
          take();
          missed = pending.addAndGet(-missed);
        } while (missed != 0);
      } finally {
        running.leave();
      }
    }

    private void take() {
      while (!ended && !running.isCancelled() && isWanted()) {
        takeSome();
      }
      if (!ended && running.isCancelled()) {
        ended = true;
        close();
      }
    }

    private boolean isWanted() {
      return given < requested.get();
    }

    private void give(Object element) {
      given++;
      subscriber.onNext(element);
    }

    private void takeSome() {
      Scope scope = Scope.NONE;
      try {
        scope = call == null ? Scope.NONE : call.carryOn();
        if (!elements.pull()) {
          ended = true;
          if (closed) {
            stream.close();
          }
          subscriber.onComplete();
        }
      } catch (Throwable e) {
        ended = true;
        close();
        if (!running.isCancelled()) {
          subscriber.onError(e);
        }
      } finally {
        scope.close();
      }
    }

    private void close() {
      try {
        if (closed) {
          stream.close();
        }
      } catch (RuntimeException e) {
        LOG.warn("A stream that a peer gave up failed to close", e);
      }
    }
  }
}
