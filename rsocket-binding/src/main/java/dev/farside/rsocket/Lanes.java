package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls in order that must not overtake others on the same object: a call begins when every
 * earlier one that is awaited has ended. A call that is part of the one that is being carried out
 * does not wait for it. A lane exists while an awaited call runs, and until those that waited for
 * it have begun.
 *
 * <p>Guarded by its own monitor, which is not held while a call begins.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Map<Object, Lane> busy;
  private volatile boolean idle = true;

  /** How many calls have entered. */
  private long entered;

  /**
   * No lanes yet.
   *
   * @param busy empty; decides which keys are the same
   */
  Lanes(Map<Object, Lane> busy) {
    this.busy = busy;
  }

  /** Whether no awaited call runs on any object. */
  boolean isIdle() {
    return idle;
  }

  /** Begins a call as soon as it may: here and now if it need not wait. */
  void enter(Object key, Visit visit) {
    synchronized (this) {
      @Nullable Lane lane = busy.get(key);
      visit.entered = ++entered;
      if (lane != null && !lane.takesNow(visit)) {
        visit.behind = lane.running.peekLast();
        lane.waiting.add(visit);
        return;
      }
      if (visit.way.awaited) {
        idle = false;
        Lane lasting = lane == null ? new Lane() : lane;
        lasting.runs(visit, entered);
        busy.put(key, lasting);
      }
    }
    visit.begin.run();
  }

  /** An awaited call is now being carried out, and makes its calls in this logical thread. */
  synchronized void runsIn(Visit visit, Chain chain) {
    visit.chain = chain;
  }

  /** The method of an awaited call has returned, and its caller now reads what it gave. */
  synchronized void opened(Visit visit) {
    visit.opened = true;
  }

  /** An awaited call has ended: those that wait for it may begin, up to the next awaited one. */
  void leave(Object key, Visit visit) {
    if (end(key, visit)) {
      beginNext(key);
    }
  }

  /** Each begins where it says, and nobody else until it has. */
  private void beginNext(Object key) {
    @Nullable Visit next = next(key);
    while (next != null) {
      @Nullable Executor turn = next.way.turn;
      if (turn != null) {
        Runnable begin = next.begin;
        turn.execute(
            () -> {
              begin(begin);
              beginNext(key);
            });
        return;
      }
      begin(next.begin);
      next = next(key); // also when this one has left already, which was left to us then
    }
  }

  /** Whether the current thread now is the one that lets others begin. */
  private synchronized boolean end(Object key, Visit visit) {
    @Nullable Lane lane = busy.get(key);
    return lane != null && lane.end(visit);
  }

  /**
   * Whose turn it is. The lane goes when nothing waits: so nobody overtakes what was taken here.
   */
  private synchronized @Nullable Visit next(Object key) {
    @Nullable Lane lane = busy.get(key);
    @Nullable Visit first = lane == null ? null : lane.next(entered);
    if (lane != null && lane.isOver()) {
      busy.remove(key);
      idle = busy.isEmpty();
    }
    return first;
  }

  /** Calls tell their callers of failures; whatever else there is must not keep others from it. */
  private static void begin(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A call was not begun, for a reason that was not foreseen", e);
    }
  }

  /**
   * How a call goes past the others.
   *
   * @param queued whether its chain runs it, after what that is to run already, or else it runs at
   *     once
   * @param awaited whether later calls wait until it has {@linkplain #leave left}
   * @param urgent whether a thread of this side waits in its chain, and perhaps holds what a call
   *     of another chain needs: it waits for none of those
   * @param turn where it begins if it had to wait, and never rejects; null for the thread of the
   *     last that it waited for
   */
  record Way(boolean queued, boolean awaited, boolean urgent, @Nullable Executor turn) {}

  /** One call of an object. */
  static final class Visit {
    private final Nesting nesting;
    private final Way way;
    private final Runnable begin;

    /** In which it makes its own calls, as far as known. */
    private @Nullable Chain chain;

    private boolean opened;

    /** How many had entered when this one had, and when it began to run. */
    private long entered;

    private long begun;

    /** What it has to wait for: it was not part of that when it came, and so it never is. */
    private @Nullable Visit behind;

    /**
     * One that has not entered yet.
     *
     * @param begin run once, when it may begin
     */
    Visit(Nesting nesting, Way way, Runnable begin) {
      this.nesting = nesting;
      this.way = way;
      this.begin = begin;
      this.chain = way.queued ? nesting.chain() : null;
    }

    /** Whether it may begin while another one runs. */
    private boolean passes(Visit running) {
      return belongsTo(running) || (way.urgent && isForeignTo(running));
    }

    /** Whether the other one may wait for it, or is read by who makes it. */
    private boolean belongsTo(Visit running) {
      if (nesting.isPartOf(running.nesting)) {
        return true;
      }
      @Nullable Chain own = nesting.chain();
      if (own == null || running == behind || entered <= running.begun) {
        return false;
      }
      return (running.opened && own.equals(running.nesting.chain()))
          || (!nesting.isKnown() && own.equals(running.chain) && running.nesting.isWaiting());
    }

    private boolean isForeignTo(Visit other) {
      @Nullable Chain own = nesting.chain();
      return own == null || !(own.equals(other.chain) || own.equals(other.nesting.chain()));
    }
  }

  /** What runs on one object, and what waits for it. */
  static final class Lane {
    private final Deque<Visit> waiting = new ArrayDeque<>();

    /** The last one is part of those before it. */
    private final Deque<Visit> running = new ArrayDeque<>();

    private boolean beginning;

    /** Whether one that has just come need not wait, and overtakes none that it must not. */
    private boolean takesNow(Visit visit) {
      @Nullable Visit last = running.peekLast();
      if (last != null && visit.belongsTo(last)) {
        return !beginning && waiting.stream().noneMatch(this::lets);
      }
      return visit.way.urgent
          && (last == null || visit.isForeignTo(last))
          && waiting.stream().allMatch(visit::isForeignTo);
    }

    private boolean lets(Visit visit) {
      @Nullable Visit last = running.peekLast();
      return last == null || visit.passes(last);
    }

    /** Whether nobody else is letting others begin. */
    private boolean end(Visit visit) {
      running.removeLastOccurrence(visit);
      boolean free = !beginning;
      beginning = true;
      return free;
    }

    private void runs(Visit visit, long entered) {
      visit.begun = entered;
      running.addLast(visit);
    }

    private @Nullable Visit next(long entered) {
      @Nullable Visit next = takeWaiting();
      beginning = next != null;
      if (next != null && next.way.awaited) {
        runs(next, entered);
      }
      return next;
    }

    private @Nullable Visit takeWaiting() {
      for (Iterator<Visit> visits = waiting.iterator(); visits.hasNext(); ) {
        Visit visit = visits.next();
        if (lets(visit)) {
          visits.remove();
          return visit;
        }
      }
      return null;
    }

    private boolean isOver() {
      return running.isEmpty() && !beginning;
    }
  }
}
