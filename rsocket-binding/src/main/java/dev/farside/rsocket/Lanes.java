package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls in order that must not overtake others on the same object: a call begins when every
 * earlier one that is awaited has ended. A call of the chain in which such a call is being carried
 * out is part of it, and does not wait for it. A lane exists while an awaited call runs, and until
 * those that waited for it have begun.
 *
 * <p>Guarded by its own monitor, which is not held while a call begins.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Map<Object, Lane> busy;
  private volatile boolean idle = true;

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

  /**
   * Begins a call as soon as it may.
   *
   * @param chain the logical thread that makes it, if one does
   * @param way how it goes
   * @param begin here and now if it need not wait
   */
  void enter(Object key, @Nullable Chain chain, Way way, Runnable begin) {
    synchronized (this) {
      @Nullable Lane lane = busy.get(key);
      var call = new Waiting(chain, way, begin);
      if (lane != null && (!lane.lets(call) || lane.hasWaiting(chain))) {
        lane.waiting.add(call);
        return;
      }
      if (way.awaited) {
        idle = false;
        Lane entered = lane == null ? new Lane() : lane;
        entered.run(chain);
        busy.put(key, entered);
      }
    }
    begin.run();
  }

  /** The awaited call that is to run there is now being carried out, in this logical thread. */
  synchronized void runsIn(Object key, Chain chain) {
    @Nullable Lane lane = busy.get(key);
    if (lane != null) {
      lane.runsIn(chain);
    }
  }

  /** An awaited call has ended: those that wait for it may begin, up to the next awaited one. */
  void leave(Object key) {
    if (end(key)) {
      beginNext(key);
    }
  }

  /** Each begins where it says, and nobody else until it has. */
  private void beginNext(Object key) {
    @Nullable Waiting next = next(key);
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
  private synchronized boolean end(Object key) {
    @Nullable Lane lane = busy.get(key);
    return lane != null && lane.end();
  }

  /**
   * Whose turn it is. The lane goes when nothing waits: so nobody overtakes what was taken here.
   */
  private synchronized @Nullable Waiting next(Object key) {
    @Nullable Lane lane = busy.get(key);
    @Nullable Waiting first = lane == null ? null : lane.next();
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

  private record Waiting(@Nullable Chain chain, Way way, Runnable begin) {}

  /** What runs on one object, and what waits for it. */
  static final class Lane {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Chain owner;
    private boolean carriedOut;
    private int running;
    private boolean beginning;

    private boolean lets(Waiting call) {
      return call.chain != null && call.chain.equals(owner)
          ? call.way.queued || carriedOut // it is part of what runs
          : call.way.urgent;
    }

    /** Whether an earlier call of this chain waits, which is not to be overtaken. */
    private boolean hasWaiting(@Nullable Chain chain) {
      return waiting.stream().anyMatch(earlier -> Objects.equals(earlier.chain, chain));
    }

    private void run(@Nullable Chain chain) {
      if (running == 0) {
        owner = chain;
        carriedOut = false;
      }
      running++;
    }

    private void runsIn(Chain chain) {
      if (owner == null) {
        owner = chain;
      }
      carriedOut |= chain.equals(owner);
    }

    /** Whether the last that ran has ended, and nobody is letting others begin. */
    private boolean end() {
      running--;
      if (running > 0) {
        return false;
      }
      owner = null;
      boolean free = !beginning;
      beginning = true;
      return free;
    }

    private @Nullable Waiting next() {
      @Nullable Waiting first = waiting.peek();
      if (first != null && (running == 0 || lets(first))) {
        waiting.remove();
      } else {
        first = null;
      }
      beginning = first != null;
      if (first != null && first.way.awaited) {
        run(first.chain);
      }
      return first;
    }

    private boolean isOver() {
      return running == 0 && !beginning;
    }
  }
}
