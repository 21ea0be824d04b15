package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * The chains in which this side takes part at this moment. A chain is listed while one of its
 * threads waits or its worker lives; one that began here, from its first call until its thread has
 * ended. Thread-safe.
 */
class LogicalThreads {
  private static final Logger LOG = LoggerFactory.getLogger(LogicalThreads.class);

  /** How long a call that was given up has time to end before its chain goes on without it. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The part of its time that the next call waits for that at most. */
  private static final int PART_OF_LIMIT = 4;

  /** How long a worker waits for the next call of its chain. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final long origin = new SecureRandom().nextLong();
  private final AtomicLong lastNumber = new AtomicLong();
  private final Map<Chain, LogicalThread> listed = new ConcurrentHashMap<>();

  /** Weak, so that no thread keeps a side that has closed. */
  private final ThreadLocal<@Nullable WeakReference<LogicalThread>> current = new ThreadLocal<>();

  private final ChainOwners owners = new ChainOwners();
  private final Executor workers;
  private final Duration grace;
  private final Duration patience;

  LogicalThreads(Executor workers) {
    this(workers, GRACE, PATIENCE);
  }

  /** With another time for calls that were given up, and for workers that wait. */
  LogicalThreads(Executor workers, Duration grace, Duration patience) {
    this.workers = workers;
    this.grace = grace;
    this.patience = patience;
  }

  Executor workers() {
    return workers;
  }

  /**
   * How long a worker waits for the next call of its chain, unless its caller holds locks by it.
   */
  Duration patience() {
    return patience;
  }

  /** The chain that the current thread belongs to; its own if it was called by nobody. */
  LogicalThread current() {
    @Nullable LogicalThread known = known();
    if (known != null && !known.hasLeftBehind(Thread.currentThread())) {
      return known;
    }
    LogicalThread own = fresh();
    current.set(own.weakly());
    owners.add(own);
    return own;
  }

  private @Nullable LogicalThread known() {
    @Nullable WeakReference<LogicalThread> reference = current.get();
    return reference == null ? null : reference.get();
  }

  /** Whether the current thread carries out what nobody in this chain waits for any more. */
  boolean hasLeftBehind(Chain chain) {
    @Nullable LogicalThread thread = listed.get(chain);
    return thread != null && thread.hasLeftBehind(Thread.currentThread());
  }

  /** The task of the current thread has ended, and with it the chain that it has begun, if any. */
  void endOwn() {
    @Nullable LogicalThread own = known();
    if (own != null) {
      current.set(null);
      owners.end(own);
    }
  }

  /**
   * Has something looked after when a call that was given up has had time to end.
   *
   * @param limit how long the next one may wait at all
   */
  void later(Runnable task, TimeLimit limit) {
    long part = limit.exists() ? limit.leftNanos() / PART_OF_LIMIT : Long.MAX_VALUE;
    long nanos = Math.min(grace.toNanos(), Math.max(0, part));
    Schedulers.parallel().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Has something looked after now, by another thread. */
  void soon(Runnable task) {
    Schedulers.parallel().schedule(task);
  }

  /**
   * Has a task run in a chain, for a caller.
   *
   * @param limit how long the caller waits
   */
  void execute(Chain chain, Object caller, Runnable task, TimeLimit limit) {
    while (!listed
        .computeIfAbsent(chain, c -> LogicalThread.called(c, this))
        .post(task, caller, limit)) {
      Thread.onSpinWait(); // it is just leaving the list
    }
  }

  /** Has a task run in a chain, for a caller, if this side still takes part in it. */
  void tell(Chain chain, Object caller, Runnable task) {
    @Nullable LogicalThread thread = listed.get(chain);
    if (thread == null) {
      return;
    }
    try {
      thread.post(task, caller, TimeLimit.NONE);
    } catch (RejectedExecutionException e) {
      LOG.trace("The side has closed", e);
    }
  }

  /** The side has closed. */
  void close() {
    owners.close();
  }

  /** Whether a thread of this side waits in this chain. */
  boolean isWaitedIn(Chain chain) {
    @Nullable LogicalThread thread = listed.get(chain);
    return thread != null && thread.isWaitedIn();
  }

  /**
   * Runs a task here and now, or on a worker if so many calls wait in each other here that the
   * stack may be short: the libraries below cannot go on after an overflow in their middle. Those
   * of one chain are run in their order. The connections of a side that has no workers any more are
   * closed: nothing goes deep there.
   */
  void runWithRoom(Runnable task) {
    @Nullable LogicalThread chain = known();
    if (chain == null || !chain.handOver(task)) {
      task.run();
    }
  }

  /** A caller will not call in this chain any more. */
  void ended(Chain chain, Object caller) {
    @Nullable LogicalThread thread = listed.get(chain);
    if (thread != null) {
      thread.gone(caller);
    }
  }

  /** A caller will not call any more: no worker waits for it. */
  void gone(Object caller) {
    listed.values().forEach(thread -> thread.gone(caller));
  }

  /** The current thread now belongs to this chain; gives what it belonged to. */
  @Nullable LogicalThread enter(LogicalThread thread) {
    @Nullable LogicalThread before = known();
    current.set(thread.weakly());
    return before;
  }

  /** The current thread belongs to this chain again; another one, of its own, has ended. */
  void comeBack(LogicalThread thread) {
    @Nullable LogicalThread other = known();
    if (other != thread) {
      current.set(thread.weakly());
      if (other != null) {
        owners.end(other);
      }
    }
  }

  void leave(@Nullable LogicalThread before) {
    current.set(before == null ? null : before.weakly());
  }

  void add(LogicalThread thread) {
    listed.put(thread.chain(), thread);
  }

  void remove(LogicalThread thread) {
    listed.remove(thread.chain(), thread);
  }

  private LogicalThread fresh() {
    return LogicalThread.own(new Chain(origin, lastNumber.incrementAndGet()), this);
  }
}
