package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.codec.Chain;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
  private static final int DEEP = 32;

  /** A side in which this chain has called. */
  interface Callee {
    boolean isOpen();

    /** No more calls will be made in this chain. */
    void ended(Chain chain);
  }

  private final Chain chain;
  private final LogicalThreads all;
  private final WeakReference<LogicalThread> weakly = new WeakReference<>(this);
  private final List<Callee> callees = new ArrayList<>(1);
  private final ChainMailbox mailbox = new ChainMailbox();
  private final ChainServers servers = new ChainServers();
  private final ChainDispatcher dispatcher;
  private final HandedOver handedOver;
  private final AdaptiveSpin spin = new AdaptiveSpin();

  /** Whose calls the worker waits for. */
  private final Set<Object> callers = Collections.newSetFromMap(new IdentityHashMap<>(2));

  /** Whether a thread of this side began the chain and goes on in it: then it stays listed. */
  private final boolean owned;

  private boolean retired;
  private boolean over;

  private LogicalThread(Chain chain, LogicalThreads all, boolean owned) {
    this.chain = chain;
    this.all = all;
    this.dispatcher = new ChainDispatcher(this, all, mailbox, servers);
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
  boolean post(Runnable task, Object from, TimeLimit limit) {
    var posted = new ChainMailbox.Posted(task, limit);
    @Nullable Thread sleeping;
    synchronized (this) {
      if (retired) {
        return false;
      }
      callers.add(from);
      mailbox.add(posted);
      try {
        sleeping = dispatcher.awaken();
      } catch (RuntimeException | Error e) {
        mailbox.takeBack(posted);
        throw e;
      }
    }
    LockSupport.unpark(sleeping);
    return true;
  }

  /** Has a task run by whoever waits in this chain, or will, and by no worker. */
  synchronized void leaveToWaiting(Runnable task) {
    mailbox.leaveToWaiting(task);
    @Nullable ChainServer waiter = servers.isWorkers() ? null : servers.serving();
    if (waiter != null && waiter.task() == 0) {
      waiter.unpark();
    }
  }

  /** This one will not call any more: the worker looks what it held, and whether any is left. */
  synchronized void gone(Object from) {
    @Nullable ChainServer worker = servers.worker();
    if (callers.remove(from) && worker != null) {
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
        ChainServer.unforeseen(e);
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
      long seen = mailbox.arrived();
      boolean last = done.getAsBoolean(); // before the mailbox: what came before it is in there
      boolean interrupted = !last && Thread.interrupted();
      boolean over = !last && limit.isOver();
      @Nullable Runnable task = poll(Thread.currentThread(), interrupted || over);
      if (interrupted) {
        throw new InterruptedException();
      } else if (task != null || last || over) {
        return task;
      } else if (!spin.until(done, mailbox, seen)) {
        limit.park(this);
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
    return last || !servers.isInnermost(waiter) ? null : mailbox.takeFor(waiter);
  }

  /** The current thread waits no more: others serve what it has left in the mailbox. */
  synchronized void leave() {
    servers.leave();
    if (!mailbox.isEmpty()) {
      dispatcher.wake();
    } else if (!isWaitedIn() && servers.worker() == null) {
      retire();
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
        dispatcher.wake();
      }
    }
  }

  synchronized void unwanted(ChainTask task) {
    if (task.isCurrent()) {
      dispatcher.unwanted(task.server(), task.shielded());
    }
  }

  private void retire() {
    if (over || !owned) {
      retired = true;
      all.remove(this);
    }
  }

  /** The current thread is a worker's. */
  synchronized void started(ChainServer worker) {
    worker.started();
  }

  /**
   * The worker has ended its task.
   *
   * @param last whether it takes no other
   * @return its next task; null if there is none now, or if it has stopped
   */
  synchronized @Nullable Runnable pollByWorker(ChainServer worker, boolean last) {
    if (worker != servers.worker()) {
      return null;
    }
    worker.begin(0);
    @Nullable Runnable task = servers.isWorkers() ? mailbox.take(worker) : null;
    if (task == null && (last || callers.isEmpty())) {
      stopWorker();
    }
    return task;
  }

  private void stopWorker() {
    servers.noWorker();
    if (!isWaitedIn()) {
      retire();
    }
  }

  /** Whether it has not stopped, and no other has taken its place. */
  synchronized boolean hasWorker(ChainServer worker) {
    return worker == servers.worker();
  }

  /** A worker takes no more tasks: if it was the last, the chain of a caller elsewhere is over. */
  void stopped(ChainServer worker) {
    if (hasEnded(worker) && !owned) {
      ended();
    }
  }

  private synchronized boolean hasEnded(ChainServer worker) {
    servers.catchUp(worker);
    return servers.isLast(worker);
  }
}
