package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.codec.Chain;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chain of nested calls and callbacks, as this side takes part in it: a mailbox of calls that
 * came in for the chain. Whoever waits for an answer in the chain serves it; while nobody waits,
 * the chain's own worker does. So a callback runs on the thread that is blocked in the call, and
 * enters the locks that it holds.
 *
 * <p>The mailbox and who serves it are guarded by this object's monitor, which is never held while
 * a task runs.
 */
final class LogicalThread {
  private static final Logger LOG = LoggerFactory.getLogger(LogicalThread.class);

  /** How long a worker waits for the next call of its chain. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final int DEEP = 32;

  /** A side in which this chain has called. */
  interface Callee {
    boolean isOpen();

    /** No more calls will be made in this chain. */
    void ended(Chain chain);
  }

  /** A task, and how long its caller waits for it. */
  private record Posted(Runnable task, TimeLimit limit) {}

  private final Chain chain;
  private final LogicalThreads all;
  private final WeakReference<LogicalThread> weakly = new WeakReference<>(this);
  private final List<Callee> callees = new ArrayList<>(1);
  private final Deque<Posted> mailbox = new ArrayDeque<>();

  /** What only a thread that waits runs. */
  private final Deque<Runnable> leftToWaiting = new ArrayDeque<>(0);

  private final ChainServers servers = new ChainServers();

  private final HandedOver handedOver;

  /** Whose calls the worker waits for. */
  private final Set<Object> callers = Collections.newSetFromMap(new IdentityHashMap<>(2));

  /** Whether a thread of this side began the chain and goes on in it: then it stays listed. */
  private final boolean owned;

  /** How many tasks have been begun. */
  private long begun;

  private boolean retired;
  private boolean over;

  private LogicalThread(Chain chain, LogicalThreads all, boolean owned) {
    this.chain = chain;
    this.all = all;
    this.handedOver = new HandedOver(all.workers());
    this.owned = owned;
    this.retired = owned; // until it calls
  }

  /** The current thread begins a chain. */
  static LogicalThread own(Chain chain, LogicalThreads all) {
    return new LogicalThread(chain, all, true);
  }

  /** A call has come in for a chain that no thread of this side is in. */
  static LogicalThread called(Chain chain, LogicalThreads all) {
    return new LogicalThread(chain, all, false);
  }

  Chain chain() {
    return chain;
  }

  WeakReference<LogicalThread> weakly() {
    return weakly;
  }

  /**
   * Has a task run by whoever serves the mailbox; false if nobody will any more. Never blocks.
   *
   * @param from whose call it is; see {@link #gone}
   * @param limit how long that waits
   */
  synchronized boolean post(Runnable task, Object from, TimeLimit limit) {
    if (retired) {
      return false;
    }
    var posted = new Posted(task, limit);
    callers.add(from);
    mailbox.add(posted);
    try {
      wake();
    } catch (RuntimeException | Error e) {
      mailbox.removeLastOccurrence(posted);
      throw e;
    }
    return true;
  }

  /** Has a task run by whoever waits in this chain, or will, and by no worker. */
  synchronized void leaveToWaiting(Runnable task) {
    leftToWaiting.add(task);
    @Nullable ChainServer waiter = servers.isWorkers() ? null : servers.serving();
    if (waiter != null && waiter.task() == 0) {
      waiter.unpark();
    }
  }

  /** This one will not call any more: if none is left, no call is to be waited for. */
  synchronized void gone(Object from) {
    @Nullable ChainServer worker = servers.worker();
    if (callers.remove(from) && callers.isEmpty() && worker != null) {
      worker.unpark();
    }
  }

  /**
   * The current thread is about to send a call and to wait for its answer: from now on calls of
   * this chain are its own, for the first may come in before it waits. {@link #leave} ends that.
   */
  synchronized void enter(Callee callee) {
    if (!callees.contains(callee)) {
      callees.removeIf(known -> !known.isOpen());
      callees.add(callee);
    }
    servers.enter();
    if (retired) {
      retired = false;
      all.add(this);
    }
  }

  /**
   * No more calls will be made in this chain: those that wait for them are told. Unless it is still
   * waited in: then it goes on.
   */
  void ended() {
    List<Callee> told;
    synchronized (this) {
      if (isWaitedIn()) {
        return;
      }
      over = true;
      told = List.copyOf(callees);
      callees.clear();
      if (servers.worker() == null) {
        retire();
      }
    }
    told.forEach(callee -> callee.ended(chain));
  }

  /**
   * Whether the current thread carries out what nobody waits for any more, and others serve the
   * chain: it is not part of that any more.
   */
  boolean hasLeftBehind(Thread thread) {
    if (servers.isNobodyLeftBehind()) {
      return false;
    }
    synchronized (this) {
      return servers.hasLeftBehind(thread);
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized boolean isWaitedIn() {
    return servers.waiting() > 0;
  }

  /**
   * Has a worker run a task if so many calls wait in each other that their stack may be short, or
   * if it has not run all that it was handed before.
   *
   * @return false if the task is to be run here and now
   */
  boolean handOver(Runnable task) {
    return handedOver.take(task, isDeep());
  }

  private synchronized boolean isDeep() {
    return servers.waiting() > DEEP;
  }

  /**
   * Serves the mailbox on the current thread, which has entered, until done. Whoever makes {@code
   * done} true unparks this thread.
   *
   * @return false if the limit was reached first
   * @throws InterruptedException if the thread was interrupted first
   */
  boolean await(BooleanSupplier done, TimeLimit limit) throws InterruptedException {
    @Nullable Runnable task = next(done, limit);
    while (task != null) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        unforeseen(e);
      }
      task = next(done, limit);
    }
    return done.getAsBoolean();
  }

  /**
   * The next task for who waits; null if it is done or the limit is reached. The current thread
   * belongs to this chain again, should it have left it.
   */
  private @Nullable Runnable next(BooleanSupplier done, TimeLimit limit)
      throws InterruptedException {
    all.comeBack(this);
    while (true) {
      boolean last = done.getAsBoolean(); // before the mailbox: what came before it is in there
      boolean interrupted = !last && Thread.interrupted();
      boolean over = !last && limit.isOver();
      @Nullable Runnable task = poll(Thread.currentThread(), interrupted || over);
      if (interrupted) {
        throw new InterruptedException();
      } else if (task != null || last || over) {
        return task;
      } else if (limit.exists()) {
        LockSupport.parkNanos(this, limit.leftNanos());
      } else {
        LockSupport.park(this);
      }
    }
  }

  /**
   * The current thread has ended its task.
   *
   * @param last whether it takes no other
   */
  private synchronized @Nullable Runnable poll(Thread thread, boolean last) {
    ChainServer waiter = requireNonNull(servers.waiter(thread), "who waits has entered");
    waiter.begin(0);
    servers.catchUp(waiter);
    if (last || !servers.isInnermost(waiter)) {
      return null;
    }
    @Nullable Runnable task = take(waiter);
    return task != null ? task : begin(waiter, leftToWaiting.poll());
  }

  private @Nullable Runnable take(ChainServer server) {
    @Nullable Posted next = mailbox.poll();
    return begin(server, next == null ? null : next.task);
  }

  private @Nullable Runnable begin(ChainServer server, @Nullable Runnable task) {
    if (task != null) {
      server.begin(++begun);
    }
    return task;
  }

  /** The current thread waits no more: others serve what it has left in the mailbox. */
  synchronized void leave() {
    servers.leave();
    if (!mailbox.isEmpty()) {
      wake();
    } else if (!isWaitedIn() && servers.worker() == null) {
      retire();
    }
  }

  /** Has who serves the mailbox look at it. */
  private void wake() {
    @Nullable ChainServer server = servers.serving();
    if (server == null) {
      startWorker();
    } else if (server.task() == 0) {
      server.unpark();
    } else if (server.isUnwanted()) {
      passOverLater(server, server.task());
    } else if (server == servers.worker() && server.isAtIt()) {
      runAside();
    }
  }

  /**
   * The caller calls although it waits for what the worker carries out: from a one-way call that
   * was made by that. Neither can wait for the other, and the worker keeps its place in the chain.
   */
  private void runAside() {
    for (@Nullable Posted next = mailbox.peek(); next != null; next = mailbox.peek()) {
      all.workers().execute(next.task);
      mailbox.remove();
    }
  }

  /**
   * The caller calls again and has given up the call that is still being carried out. That has time
   * to end, with all that the chain holds, unless it is not to be interrupted. What does not end
   * must not hold up the chain.
   */
  private void passOverLater(ChainServer server, long task) {
    @Nullable Posted next = mailbox.peek();
    if (server.isShielded()) {
      all.soon(() -> passOver(server, task));
    } else if (next != null) {
      all.later(() -> passOver(server, task), next.limit);
    }
  }

  private synchronized void passOver(ChainServer server, long task) {
    if (server.task() != task || server.isPassedOver() || mailbox.isEmpty()) {
      return;
    }
    if (server == servers.worker() && servers.isWorkers()) {
      servers.leaveBehind(server);
      startWorker();
    } else if (servers.isInnermost(server)) {
      servers.leaveBehind(server);
      server.passOver();
      passToWorker(server);
    }
  }

  /** To another than the one that is held up, if that is the worker. */
  private void passToWorker(ChainServer heldUp) {
    @Nullable ChainServer worker = servers.worker();
    if (worker != null && worker.hasThreadOf(heldUp)) {
      startWorker();
    } else {
      wake();
    }
  }

  /**
   * The call that the current thread is about to carry out in this chain.
   *
   * @param shielded whether it runs to its end although nobody waits for it any more
   * @return null if others serve already
   */
  synchronized @Nullable ChainTask task(boolean shielded) {
    @Nullable ChainServer server = servers.current();
    if (server == null) {
      return null;
    }
    return new ChainTask(this, server, server.task(), shielded);
  }

  /** User code begins to run, or has returned. */
  synchronized void atIt(ChainTask task, boolean now) {
    if (task.isCurrent()) {
      task.server().atIt(now);
      if (now && !mailbox.isEmpty()) {
        wake();
      }
    }
  }

  synchronized void unwanted(ChainTask task) {
    if (task.isCurrent()) {
      ChainServer server = task.server();
      server.unwanted(task.shielded());
      if (servers.isReplaced(server)) {
        servers.leaveBehind(server);
      }
      if (!mailbox.isEmpty()) {
        passOverLater(server, server.task());
      }
    }
  }

  private void retire() {
    if (over || !owned) {
      retired = true;
      all.remove(this);
    }
  }

  private void startWorker() {
    ChainServer started = servers.newWorker();
    try {
      all.workers().execute(() -> work(started));
    } catch (RuntimeException | Error e) {
      servers.noWorker();
      throw e;
    }
  }

  private void work(ChainServer own) {
    synchronized (this) {
      own.started();
    }
    @Nullable LogicalThread before = all.enter(this);
    try {
      while (runNext(own)) {
        Thread.interrupted(); // what a task has left is not meant for the next
      }
    } finally {
      all.leave(before);
    }
    if (hasEnded(own) && !owned) {
      ended();
    }
  }

  /** A worker has ended: says whether no other has taken its place. */
  private synchronized boolean hasEnded(ChainServer own) {
    servers.catchUp(own);
    return servers.isLast(own);
  }

  /** Whatever a task lets escape must not end who serves the mailbox. */
  private static void unforeseen(Throwable e) {
    LOG.error("A call ended in a way that was not foreseen", e);
  }

  /** A method of its own, so that the worker holds no task while it waits for the next. */
  private boolean runNext(ChainServer own) {
    @Nullable Runnable task = nextOrStop(own);
    if (task != null) {
      run(task);
    }
    return task != null;
  }

  /** Runs a task; then the current thread belongs to this chain again, should it have left it. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      unforeseen(e);
    } finally {
      all.comeBack(this);
    }
  }

  /**
   * The worker's next task, or null if it has stopped: none came for long, or the caller has gone,
   * or the side closed, or another worker has taken its place.
   */
  private @Nullable Runnable nextOrStop(ChainServer own) {
    long deadline = System.nanoTime() + IDLE_NANOS;
    while (true) {
      long left = deadline - System.nanoTime();
      boolean stop = left <= 0 || Thread.interrupted();
      synchronized (this) {
        if (own != servers.worker()) {
          return null;
        }
        own.begin(0);
        @Nullable Runnable task = servers.isWorkers() ? take(own) : null;
        if (task != null) {
          return task;
        }
        if (stop || callers.isEmpty()) {
          stopWorker();
          return null;
        }
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private void stopWorker() {
    servers.noWorker();
    if (!isWaitedIn()) {
      retire();
    }
  }
}
