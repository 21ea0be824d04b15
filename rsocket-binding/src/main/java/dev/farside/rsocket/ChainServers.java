package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may serve the mailbox of a {@link LogicalThread}: the threads that wait in its calls, of
 * which the innermost does, or the worker if there is none. Guarded by the logical thread's
 * monitor.
 */
final class ChainServers {
  private final Deque<ChainServer> waiters = new ArrayDeque<>();

  /** Those that were passed over, and have not ended their task yet. */
  private final List<ChainServer> leftBehind = new ArrayList<>(0);

  private volatile boolean nobodyLeftBehind = true;

  private @Nullable ChainServer worker;

  /** How many workers there have been; another than the last runs to the end of its task. */
  private int workers;

  /** The current thread is about to wait. */
  void enter() {
    waiters.addLast(ChainServer.waiter());
  }

  /** The current thread waits no more. */
  void leave() {
    waiters.removeLastOccurrence(waiter(Thread.currentThread()));
  }

  /** How many calls wait in each other. */
  int waiting() {
    return waiters.size();
  }

  /** The innermost of the places where a thread waits; null if it does not. */
  @Nullable ChainServer waiter(Thread thread) {
    Iterator<ChainServer> inner = waiters.descendingIterator();
    while (inner.hasNext()) {
      ChainServer waiter = inner.next();
      if (waiter.is(thread)) {
        return waiter;
      }
    }
    return null;
  }

  boolean isInnermost(ChainServer waiter) {
    return waiter == waiters.peekLast();
  }

  /** A worker that has no thread yet takes the place of the one that there is. */
  ChainServer newWorker() {
    worker = ChainServer.worker(++workers);
    return worker;
  }

  void noWorker() {
    worker = null;
  }

  @Nullable ChainServer worker() {
    return worker;
  }

  boolean isLast(ChainServer formerWorker) {
    return formerWorker.number() == workers;
  }

  /** Whether it is a worker whose place another one has taken. */
  boolean isReplaced(ChainServer server) {
    return server.number() > 0 && server != worker;
  }

  /** Whether the worker serves the mailbox: nobody waits, or who does is held up. */
  boolean isWorkers() {
    @Nullable ChainServer waiter = waiters.peekLast();
    return waiter == null || waiter.isPassedOver();
  }

  /** Who serves the mailbox; null if a worker is to be started. */
  @Nullable ChainServer serving() {
    return isWorkers() ? worker : waiters.peekLast();
  }

  /** What the current thread carries out is served by; null if others serve already. */
  @Nullable ChainServer current() {
    Thread thread = Thread.currentThread();
    @Nullable ChainServer waiter = waiter(thread);
    @Nullable ChainServer server = waiter != null ? waiter : worker;
    return server != null && server.is(thread) ? server : null;
  }

  /** Others serve until it has ended its task. */
  void leaveBehind(ChainServer server) {
    if (!leftBehind.contains(server)) {
      leftBehind.add(server);
    }
    nobodyLeftBehind = false;
  }

  /** It has ended its task, if it had one. */
  void catchUp(ChainServer server) {
    if (!nobodyLeftBehind) {
      leftBehind.remove(server);
      nobodyLeftBehind = leftBehind.isEmpty();
    }
  }

  /** Needs no monitor, and may be outdated for all but the thread that is left behind itself. */
  boolean isNobodyLeftBehind() {
    return nobodyLeftBehind;
  }

  boolean hasLeftBehind(Thread thread) {
    return leftBehind.stream().anyMatch(server -> server.is(thread));
  }
}
