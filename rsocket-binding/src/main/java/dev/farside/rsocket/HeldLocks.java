package dev.farside.rsocket;

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

  private static final ThreadLocal<HeldLocks> CURRENT = ThreadLocal.withInitial(HeldLocks::new);

  /** A lock that only the thread can unlock that has locked it, and for whom it did. */
  private record Hold(Lock lock, Session caller) {}

  private final List<Hold> owned = new ArrayList<>(0);

  /** How many times more it was called to lock something than to unlock something. */
  private int count;

  private HeldLocks() {}

  /** Those of the current thread. */
  static HeldLocks current() {
    return CURRENT.get();
  }

  /** None yet for the current thread, which begins to serve another caller. */
  static HeldLocks fresh() {
    CURRENT.remove();
    return current();
  }

  boolean areAny() {
    return count > 0;
  }

  /** The current thread was called to lock something (1), or to unlock it (-1). */
  void count(int change) {
    count = Math.max(0, count + change);
  }

  /**
   * A method has returned on the current thread. What was locked for a caller that waits no longer
   * is unlocked; if it is a stand-in, its owner sees to that.
   */
  static void called(
      Object target,
      ExportedMethod method,
      @Nullable Object result,
      RunningCall call,
      Session caller) {
    if (target instanceof Lock lock) {
      int change = change(method.signature(), result);
      boolean ours = change != 0 && StandIns.remoteOf(lock) == null;
      if (change > 0 && ours && call.isUnwanted()) {
        lock.unlock();
      } else if (change > 0) {
        current().locked(lock, ours && hasOwner(lock) ? caller : null);
      } else if (change < 0) {
        current().unlocked(lock);
      }
    }
  }

  private static int change(String signature, @Nullable Object result) {
    return switch (signature) {
      case "lock()", "lockInterruptibly()" -> 1;
      case "tryLock()", "tryLock(long,java.util.concurrent.TimeUnit)" ->
          Boolean.TRUE.equals(result) ? 1 : 0;
      case "unlock()" -> -1;
      default -> 0;
    };
  }

  /** Whether it refuses to be unlocked by another thread than the one that has locked it. */
  private static boolean hasOwner(Lock lock) {
    return lock instanceof ReentrantLock
        || lock instanceof ReentrantReadWriteLock.ReadLock
        || lock instanceof ReentrantReadWriteLock.WriteLock;
  }

  private void locked(Lock lock, @Nullable Session holder) {
    count(1);
    if (holder != null) {
      owned.add(new Hold(lock, holder));
    }
  }

  private void unlocked(Lock lock) {
    count(-1);
    for (int last = owned.size() - 1; last >= 0; last--) {
      if (owned.get(last).lock == lock) {
        owned.remove(last);
        return;
      }
    }
  }

  /** Unlocks what was locked for callers whose connection has ended: nobody else can. */
  void unlockLost() {
    for (Hold hold : List.copyOf(owned)) {
      if (!hold.caller.isOpen()) {
        owned.remove(hold);
        unlock(hold);
      }
    }
  }

  private void unlock(Hold hold) {
    String type = hold.lock.getClass().getName();
    count(-1);
    try {
      hold.lock.unlock();
      LOG.warn("Unlocked a {} that was locked by {}, which is lost", type, hold.caller);
    } catch (RuntimeException e) {
      LOG.warn("A {} that was locked by {}, which is lost, stays so", type, hold.caller, e);
    }
  }
}
