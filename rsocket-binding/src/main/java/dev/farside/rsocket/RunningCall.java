package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A call of the peer's that is being carried out: what is to do when the peer gives it up. Guarded
 * by its own monitor; what encloses it belongs to its thread.
 */
final class RunningCall {
  /** The one that the current thread is in, the innermost of them. */
  private static final ThreadLocal<@Nullable RunningCall> INNERMOST = new ThreadLocal<>();

  /** How many have been interrupted. */
  private static final AtomicLong INTERRUPTS = new AtomicLong();

  private final List<Runnable> onCancel = new ArrayList<>(1);
  private final List<Runnable> onUnwanted = new ArrayList<>(1);
  private @Nullable Thread thread;
  private boolean unwanted;
  private boolean cancelled;
  private boolean shielded;

  /** The number of its own interrupt; 0 for none. */
  private volatile long interrupt;

  /** The number of the last interrupt before it was entered. */
  private long lastBefore;

  private boolean interruptedBefore;
  private @Nullable RunningCall enclosing;

  /** Runs an action when the call is given up; at once if it was already. */
  void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        onCancel.add(action);
        return;
      }
    }
    action.run();
  }

  /**
   * Runs an action when the peer wants no more of the call, although it may be shielded; at once if
   * that was before.
   */
  void onUnwanted(Runnable action) {
    synchronized (this) {
      if (!unwanted) {
        onUnwanted.add(action);
        return;
      }
    }
    action.run();
  }

  /** The current thread now runs user code that may block; false if the call was given up. */
  synchronized boolean enter() {
    thread = Thread.currentThread();
    enclosing = INNERMOST.get();
    INNERMOST.set(this);
    lastBefore = INTERRUPTS.get();
    interruptedBefore = thread.isInterrupted();
    return !cancelled;
  }

  /**
   * User code has returned: an interrupt that was meant for it must not reach what comes next, and
   * one that was meant for a call that encloses this one must.
   */
  synchronized void leave() {
    if (thread == Thread.currentThread()) {
      thread = null;
    }
    if (interrupt != 0) {
      Thread.interrupted();
      if (interruptedBefore || isEnclosingInterrupted()) {
        Thread.currentThread().interrupt();
      }
    }
    if (INNERMOST.get() == this) {
      INNERMOST.set(enclosing);
      enclosing = null;
    }
  }

  /** Since this one was entered. */
  private boolean isEnclosingInterrupted() {
    @Nullable RunningCall outer = enclosing;
    while (outer != null && outer.interrupt <= lastBefore) {
      outer = outer.enclosing;
    }
    return outer != null;
  }

  /** From now on nobody gives it up. */
  synchronized void shield() {
    shielded = true;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Whether the peer wants no more of it, although it may go on. */
  synchronized boolean isUnwanted() {
    return unwanted;
  }

  /** The peer wants no more of it. Says whether it is given up: it goes on if it is shielded. */
  boolean cancel() {
    List<Runnable> actions;
    boolean givenUp;
    synchronized (this) {
      actions = new ArrayList<>(onUnwanted);
      onUnwanted.clear();
      unwanted = true;
      givenUp = !shielded;
      if (givenUp && !cancelled) {
        giveUp(actions);
      }
    }
    actions.forEach(Runnable::run);
    return givenUp;
  }

  private void giveUp(List<Runnable> actions) {
    cancelled = true;
    actions.addAll(onCancel);
    onCancel.clear();
    if (thread != null) {
      interrupt = INTERRUPTS.incrementAndGet(); // before it is there
      thread.interrupt();
    }
  }
}
