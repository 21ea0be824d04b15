package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of the peer's that is being carried out: what is to do when the peer gives it up. Guarded
 * by its own monitor.
 */
final class RunningCall {
  private final List<Runnable> onCancel = new ArrayList<>(1);
  private @Nullable Thread thread;
  private boolean cancelled;
  private boolean shielded;
  private boolean interrupted;

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

  /** The current thread now runs user code that may block; false if the call was given up. */
  synchronized boolean enter() {
    thread = Thread.currentThread();
    return !cancelled;
  }

  /** User code has returned: an interrupt that was meant for it must not reach what comes next. */
  synchronized void leave() {
    if (thread == Thread.currentThread()) {
      thread = null;
    }
    if (interrupted) {
      Thread.interrupted();
    }
  }

  /** From now on nobody gives it up. */
  synchronized void shield() {
    shielded = true;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      if (shielded) {
        return;
      }
      cancelled = true;
      actions = List.copyOf(onCancel);
      onCancel.clear();
      if (thread != null) {
        thread.interrupt();
        interrupted = true;
      }
    }
    actions.forEach(Runnable::run);
  }
}
