package dev.farside.rsocket;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/**
 * The items of a remote stream for a thread that may block: fetched in batches that start with one
 * item and grow, never before they are asked for. Once making them has called back, one by one, so
 * that no call is left to a reader that does something else. Waiting serves the callbacks of the
 * chain. A stream that is dropped without being closed is cancelled once it is garbage.
 *
 * <p>An interrupt gives it up, but for one that its thread had before: that one is kept.
 */
final class RemoteItems implements Iterator<Object> {
  private static final int MAX_BATCH = 256;

  /** A whole batch that takes longer is followed by a smaller one. */
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long a whole batch is waited for. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final Cleaner CLEANER = Cleaner.create();

  private final Invocation call;
  private final LogicalThreads threads;
  private final Fetched fetched;
  private final @Nullable ReaderCallbacks callbacks;
  private int batch = 1;

  /** Whether all of a batch is waited for. */
  private boolean inTurns;

  private boolean oneByOne;
  private long asked;
  private long taken;
  private boolean given = true;

  /** Whether its thread was interrupted before, and has kept that. */
  private boolean interruptedBefore;

  private RemoteItems(Invocation call, Fetched fetched, @Nullable ReaderCallbacks callbacks) {
    this.call = call;
    this.callbacks = callbacks;
    this.threads = call.target().session().side().threads();
    this.fetched = fetched;
    this.interruptedBefore = call.spec().interrupts().cameBefore();
  }

  /** Subscribes. */
  static RemoteItems of(Invocation call, Flux<Object> items) {
    return of(call, items, null);
  }

  private static RemoteItems of(
      Invocation call, Flux<Object> items, @Nullable ReaderCallbacks callbacks) {
    var fetched = new Fetched();
    var subscribed =
        new RemoteItems(call, fetched, callbacks); // before an interrupt can be meant for it
    items.subscribe(fetched);
    return subscribed;
  }

  /**
   * Subscribes and waits until the method has returned.
   *
   * @param callbacks what is called while elements are made
   * @return null if the limit was reached first
   * @throws InterruptedException if the thread was interrupted first
   */
  static @Nullable RemoteItems open(
      Invocation call, Flux<Object> items, ReaderCallbacks callbacks, TimeLimit limit)
      throws InterruptedException {
    RemoteItems opened = of(call, items, callbacks);
    Fetched fetched = opened.fetched;
    opened.ask(1);
    if (!opened.await(limit)) {
      return null;
    }
    @Nullable Object first = opened.take();
    opened.given = first == StreamSignal.OPENED;
    if (!opened.given && first != StreamSignal.NULL) {
      opened.rethrow();
    }
    CLEANER.register(opened, () -> Schedulers.parallel().schedule(fetched::dispose));
    return opened;
  }

  /** Whether the method gave a stream, and not null. */
  boolean areGiven() {
    return given;
  }

  /**
   * From now on nothing is made while the reader does something else, as in a loop of its own:
   * {@link #hasNext} waits for all of a batch. But if that takes long, for what is made may need
   * what the reader does next, they are fetched one by one.
   */
  RemoteItems inTurns() {
    inTurns = true;
    return this;
  }

  Stream<Object> toStream() {
    Spliterator<Object> spliterator =
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
    return StreamSupport.stream(spliterator, false).onClose(fetched::dispose);
  }

  /** Wants them all, though nobody takes them here. */
  void fetchAll() {
    fetched.requestUnbounded();
  }

  /** Wants no more. */
  void close() {
    fetched.dispose();
  }

  @Override
  public boolean hasNext() {
    while (fetched.items.isEmpty() && !fetched.done) {
      if (isAllTaken()) {
        ask(isOneByOne() ? 1 : nextBatch());
      }
      awaitItem(limit());
    }
    if (!fetched.items.isEmpty()) {
      return true;
    }
    rethrow();
    return false;
  }

  @Override
  public @Nullable Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    @Nullable Object item = take();
    return item == StreamSignal.NULL ? null : item;
  }

  private void ask(int count) {
    asked += count;
    fetched.request(count);
  }

  private int nextBatch() {
    int next = batch;
    if (!inTurns) {
      batch = Math.min(batch * 2, MAX_BATCH);
    }
    return next;
  }

  private @Nullable Object take() {
    taken++;
    return fetched.items.poll();
  }

  /** Also if a callback did, that the current thread has carried out while it waited. */
  private boolean isAllTaken() {
    return taken == asked;
  }

  private boolean isOneByOne() {
    return oneByOne || isAwaitedByOthers() || (callbacks != null && callbacks.areMade());
  }

  /** Whether other calls wait for the reader's: what the source calls meanwhile is part of it. */
  private static boolean isAwaitedByOthers() {
    @Nullable CallContext within = CallContext.current();
    return within != null && !within.passage().isFree();
  }

  /** Who waits for the reader's answer waits for what it reads, too. */
  private static TimeLimit limit() {
    @Nullable CallContext within = CallContext.current();
    return within == null ? TimeLimit.NONE : within.limit();
  }

  private void awaitItem(TimeLimit limit) {
    try {
      if (!await(limit)) {
        throw new CallTimeoutException(
            "A remote stream was given up: "
                + call.text()
                + " gave no item while the caller of the method that reads it waits");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallCancelledException(
          "A remote stream was given up: its thread was interrupted while it waited for an item",
          e);
    }
  }

  /** Wants no more if the wait ends before there is an item. */
  private boolean await(TimeLimit limit) throws InterruptedException {
    if (!fetched.isReady()) {
      refuseOnNonBlockingThread();
    }
    fetched.reader = Thread.currentThread();
    LogicalThread chain = threads.current();
    if (callbacks != null) {
      callbacks.readIn(chain);
    }
    chain.enter(call.target().session());
    boolean arrived = false;
    interruptedBefore = interruptedBefore && Thread.interrupted();
    try {
      arrived = chain.await(() -> fetched.isReady() || isAllTaken(), limit);
      if (arrived && inTurns && !oneByOne) {
        awaitRest(chain);
      }
    } finally {
      if (!arrived) {
        fetched.dispose();
      }
      chain.leave();
      if (interruptedBefore) {
        Thread.currentThread().interrupt();
      }
    }
    return arrived;
  }

  /** Waits for all of the batch, in turns. The next one is larger if this one was quick. */
  private void awaitRest(LogicalThread chain) {
    long began = System.nanoTime();
    long all = asked;
    try {
      oneByOne = !chain.await(() -> fetched.hasArrived(all), TimeLimit.of(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // there is an item: the next wait is given up
    }
    boolean quick = System.nanoTime() - began < QUICK_NANOS;
    batch = quick ? Math.min(batch * 2, MAX_BATCH) : Math.max(batch / 2, 1);
  }

  private void refuseOnNonBlockingThread() {
    try {
      Caller.refuseOnNonBlockingThread(() -> "Reading what " + call.text() + " gave", "Flux");
    } catch (BlockingNotAllowedException e) {
      fetched.dispose();
      throw e;
    }
  }

  private void rethrow() {
    @Nullable Throwable thrown = fetched.failure;
    if (thrown != null) {
      throw Sneaky.<RuntimeException>asUnchecked(RemoteStacks.joinReader(thrown, call));
    }
  }

  /** What has arrived; does not know who reads it, so that the reader can become garbage. */
  private static final class Fetched extends BaseSubscriber<Object> {
    private final ConcurrentLinkedQueue<Object> items = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread reader;
    private volatile @Nullable Throwable failure;
    private volatile boolean done;
    private volatile long arrived;

    boolean isReady() {
      return done || !items.isEmpty();
    }

    boolean hasArrived(long count) {
      return done || arrived >= count;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one item comes after the other
    protected void hookOnNext(Object item) {
      items.add(item);
      arrived++;
      LockSupport.unpark(reader);
    }

    @Override
    protected void hookOnError(Throwable throwable) {
      failure = throwable;
    }

    @Override
    protected void hookFinally(SignalType end) {
      done = true;
      LockSupport.unpark(reader);
    }
  }
}
