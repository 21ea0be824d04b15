package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The calls that came in for a {@link LogicalThread} and that nobody has begun to carry out.
 * Guarded by the logical thread's monitor.
 */
final class ChainMailbox {
  /** A task, and how long its caller waits for it. */
  record Posted(Runnable task, TimeLimit limit) {}

  private final Deque<Posted> posted = new ArrayDeque<>();

  /** What only a thread that waits runs. */
  private final Deque<Runnable> leftToWaiting = new ArrayDeque<>(0);

  /** How many tasks have come in; written with the monitor, read without it. */
  private volatile long arrived;

  /** How many tasks have been begun. */
  private long begun;

  void add(Posted task) {
    posted.add(task);
    countArrival();
  }

  void takeBack(Posted task) {
    posted.removeLastOccurrence(task);
  }

  /** By whoever waits in this chain, or will, and by no worker. */
  void leaveToWaiting(Runnable task) {
    leftToWaiting.add(task);
    countArrival();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the logical thread's monitor
  private void countArrival() {
    arrived++;
  }

  /** How many tasks have come in so far. Needs no monitor. */
  long arrived() {
    return arrived;
  }

  /** Whether there is nothing that any server may take. */
  boolean isEmpty() {
    return posted.isEmpty();
  }

  /** What is to be taken next; null if there is none. */
  @Nullable Posted first() {
    return posted.peek();
  }

  /** The next task of one that waits, which begins it; null if there is none. */
  @Nullable Runnable takeFor(ChainServer waiter) {
    @Nullable Runnable task = take(waiter);
    return task != null ? task : begin(waiter, leftToWaiting.poll());
  }

  /** The next task of any server, which begins it; null if there is none. */
  @Nullable Runnable take(ChainServer server) {
    @Nullable Posted next = posted.poll();
    return begin(server, next == null ? null : next.task);
  }

  private @Nullable Runnable begin(ChainServer server, @Nullable Runnable task) {
    if (task != null) {
      server.begin(++begun);
    }
    return task;
  }

  /** Has all of them run beside whoever serves. */
  void runAside(Executor workers) {
    for (@Nullable Posted next = posted.peek(); next != null; next = posted.peek()) {
      workers.execute(next.task);
      posted.remove();
    }
  }
}
