package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The chains in which this side takes part at this moment. A chain is listed while one of its
 * threads waits or its worker lives; one that began here, from its first call until its thread has
 * ended. Thread-safe.
 */
final class LogicalThreads {
  /** How long a call that was given up has time to end before its chain goes on without it. */
  private static final long GRACE_MILLIS = 1000;

  private final long origin = new SecureRandom().nextLong();
  private final AtomicLong lastNumber = new AtomicLong();
  private final Map<Chain, LogicalThread> listed = new ConcurrentHashMap<>();
  private final ThreadLocal<@Nullable LogicalThread> current = new ThreadLocal<>();
  private final ChainOwners owners = new ChainOwners();
  private final Executor workers;

  LogicalThreads(Executor workers) {
    this.workers = workers;
  }

  Executor workers() {
    return workers;
  }

  /** The chain that the current thread belongs to; its own if it was called by nobody. */
  LogicalThread current() {
    @Nullable LogicalThread known = current.get();
    if (known != null) {
      return known;
    }
    LogicalThread own = fresh();
    current.set(own);
    owners.add(own);
    return own;
  }

  /**
   * A call that the current thread waits for was given up, and may still be running elsewhere. If
   * this is the thread that began the chain, it goes on in it, with all that it holds elsewhere; if
   * it carries out a call itself, later calls must not wait behind this one.
   */
  void gaveUp() {
    @Nullable LogicalThread chain = current.get();
    if (chain == null || !chain.outlivesItsCall()) {
      abandonCurrent();
    }
  }

  /** Leaves the current chain for a new one. */
  void abandonCurrent() {
    @Nullable LogicalThread abandoned = current.get();
    current.remove();
    if (abandoned != null && abandoned.isOwned()) {
      abandoned.ended();
    }
  }

  /** Has something looked after when a call that was given up has had time to end. */
  void later(Runnable task) {
    Schedulers.parallel().schedule(task, GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Has a task run in a chain, for a caller. */
  void execute(Chain chain, Object caller, Runnable task) {
    while (!listed.computeIfAbsent(chain, c -> LogicalThread.called(c, this)).post(task, caller)) {
      Thread.onSpinWait(); // it is just leaving the list
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
    @Nullable LogicalThread chain = current.get();
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
    @Nullable LogicalThread before = current.get();
    current.set(thread);
    return before;
  }

  /** A task of this chain has ended, and with it the chain that it left this one for, if it did. */
  void resume(LogicalThread thread) {
    @Nullable LogicalThread last = enter(thread);
    if (last != null && last != thread) {
      last.ended();
    }
  }

  void leave(@Nullable LogicalThread before) {
    current.set(before);
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
