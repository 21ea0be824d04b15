package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a thread was called to lock, and not yet to unlock. Belongs to that thread. */
final class HeldLocks {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLocks.class);

  private static final ThreadLocal<@Nullable HeldLocks> CURRENT = new ThreadLocal<>();

  /** A lock, and the call by which it was locked. */
  private record Hold(Lock lock, Session caller, long call) {}

  /** Of the locks that only the thread can unlock that has locked them. */
  private final List<Hold> owned = new ArrayList<>(0);

  /** How many times more it was called to lock others than to unlock others. */
  private int others;

  /** What the last call has locked, if it did: its caller may not know. */
  private @Nullable Hold last;

  /** Whether its thread serves a chain and looks after them itself. */
  private final boolean ofWorker;

  private HeldLocks(boolean ofWorker) {
    this.ofWorker = ofWorker;
    CURRENT.set(this);
  }

  /** Those of the current thread. */
  static HeldLocks current() {
    @Nullable HeldLocks known = CURRENT.get();
    return known != null ? known : new HeldLocks(false);
  }

  /** None yet, of the current thread, which begins to serve a chain and will {@link #end} them. */
  static HeldLocks ofWorker() {
    return new HeldLocks(true);
  }

  boolean areAny() {
    return others > 0 || !owned.isEmpty();
  }

  /** The current thread was called to lock something that another could unlock (1), or did (-1). */
  void count(int change) {
    others = Math.max(0, others + change);
  }

  /**
   * A method has returned on the current thread. What was locked for a caller that waits no longer
   * is unlocked.
   */
  static void called(
      Object target,
      ExportedMethod method,
      @Nullable Object result,
      RunningCall call,
      CallContext context) {
    if (target instanceof Lock lock) {
      if (isLocked(method.signature(), result)) {
        current().locked(new Hold(lock, context.session(), context.callId()), context.chain());
        if (call.isUnwanted()) {
          current().giveBack(context.session(), context.callId());
        }
      } else if (method.isUnlock()) {
        current().unlocked(lock);
      }
    }
  }

  private static boolean isLocked(String signature, @Nullable Object result) {
    return switch (signature) {
      case "lock()", "lockInterruptibly()" -> true;
      case "tryLock()", "tryLock(long,java.util.concurrent.TimeUnit)" ->
          Boolean.TRUE.equals(result);
      default -> false;
    };
  }

  /** Whether it refuses to be unlocked by another thread than the one that has locked it. */
  private static boolean hasOwner(Lock lock) {
    return lock instanceof ReentrantLock
        || lock instanceof ReentrantReadWriteLock.ReadLock
        || lock instanceof ReentrantReadWriteLock.WriteLock;
  }

  private void locked(Hold hold, @Nullable Chain chain) {
    if (hasOwner(hold.lock)) {
      owned.add(hold);
    } else {
      count(1);
    }
    forgetLast();
    last = hold;
    if (chain != null) {
      hold.caller.locked().put(hold.call, chain);
    }
  }

  private void unlocked(Lock lock) {
    forgetLast();
    if (!hasOwner(lock)) {
      count(-1);
      return;
    }
    for (int i = owned.size() - 1; i >= 0; i--) {
      if (owned.get(i).lock == lock) {
        owned.remove(i);
        return;
      }
    }
  }

  /** Its caller has called again, or will not: it knows what it has locked. */
  private void forgetLast() {
    @Nullable Hold known = last;
    if (known != null) {
      last = null;
      known.caller.locked().remove(known.call);
    }
  }

  /** Unlocks what a call has locked whose caller has given it up: nobody else would. */
  void giveBack(Session caller, long call) {
    @Nullable Hold hold = last;
    if (hold != null && hold.caller == caller && hold.call == call) {
      unlocked(hold.lock);
      unlock(hold, "its caller did not wait for it");
    }
  }

  /** Unlocks what was locked for callers whose connection has ended: nobody else can. */
  void unlockLost() {
    if (owned.isEmpty()) {
      return;
    }
    for (Hold hold : List.copyOf(owned)) {
      if (hold.caller.hasEnded()) {
        owned.remove(hold);
        if (hold.equals(last)) {
          forgetLast();
        }
        if (unlock(hold, "its caller is lost")) {
          LOG.warn("Unlocked a {} that was locked by {}, which is lost", type(hold), hold.caller);
        }
      }
    }
  }

  /**
   * The current thread, which is none that serves a chain, carries out no more calls: what it still
   * holds is its own, unless its caller is lost.
   */
  static void endHere() {
    @Nullable HeldLocks known = CURRENT.get();
    if (known != null && !known.ofWorker) {
      known.end();
    }
  }

  /** The current thread carries out no more calls. */
  void end() {
    unlockLost();
    forgetLast();
    CURRENT.remove();
  }

  private static boolean unlock(Hold hold, String why) {
    try {
      hold.lock.unlock();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("A {} that was locked by {} stays so, although {}", type(hold), hold.caller, why, e);
      return false;
    }
  }

  private static String type(Hold hold) {
    return hold.lock.getClass().getName();
  }
}
