package dev.farside.codec;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Causes and suppressed exceptions as far as values may nest and as an exception may have of them.
 * Where a chain is longer, an exception in it says how many are left out, and has the last of them,
 * the root of it all, as its cause. A class may make another cause whenever it is asked: no chain
 * is followed without end.
 */
final class Causes {
  private static final int ROOM_TO_CUT = 16;
  private static final int ROOM_FOR_ROOT = 12;
  private static final int ROOM_FOR_ANY = 3;
  private static final int MAX_FOLLOWED = 4096;

  /** Stands for what is not passed; arrives as a plain Throwable. */
  static final class LeftOut extends Throwable {
    private static final long serialVersionUID = 1;

    LeftOut(String message, @Nullable Throwable cause) {
      super(message, cause, false, false);
    }
  }

  private Causes() {}

  /** The cause, or what stands for it where that has no room. */
  static @Nullable Throwable of(Throwable throwable, ValueWriter out) {
    @Nullable Throwable cause = out.isCrowded() ? null : Foreign.cause(throwable);
    int levels = out.levelsLeft();
    if (cause != null && makesCauses(throwable) && makesCauses(cause)) {
      return endless();
    }
    if (cause == null || levels > ROOM_TO_CUT || throwable instanceof LeftOut) {
      return cause;
    }
    return levels > ROOM_FOR_ANY ? cut(cause, levels > ROOM_FOR_ROOT) : null;
  }

  /** Stands for all that an exception has, where the one around it all has too many. */
  static Throwable tooMany() {
    return new LeftOut("(causes and suppressed ones are left out: there are too many)", null);
  }

  /** Whether there is room for a suppressed exception. */
  static boolean fits(int levels) {
    return levels > ROOM_FOR_ANY;
  }

  /** Whether its class makes another cause whenever it is asked. */
  private static boolean makesCauses(Throwable throwable) {
    @Nullable Throwable first = Foreign.cause(throwable);
    return first != Foreign.cause(throwable);
  }

  private static Throwable endless() {
    return new LeftOut("(more causes are left out: there is no end of them)", null);
  }

  private static Throwable cut(Throwable first, boolean withRoot) {
    Throwable last = first;
    Throwable passed = first; // one that is met again if they go in a circle
    int count = 1;
    @Nullable Throwable next = Foreign.cause(first);
    while (next != null && next != passed && count < MAX_FOLLOWED) {
      last = next;
      count++;
      passed = Integer.bitCount(count) == 1 ? next : passed;
      next = Foreign.cause(next);
    }
    if (next != null) {
      return endless();
    }
    int left = withRoot ? count - 1 : count;
    return left == 0
        ? last
        : new LeftOut("(" + left + " more causes are left out)", withRoot ? last : null);
  }

  /**
   * Whether an exception is reached from another by causes and suppressed ones; also true if there
   * are too many to tell.
   */
  static boolean reaches(Throwable from, Throwable to) {
    Set<Throwable> seen = identitySet();
    var found = new ArrayDeque<Throwable>(List.of(from));
    while (!found.isEmpty()) {
      Throwable next = found.pop();
      if (next == to || seen.size() == MAX_FOLLOWED) {
        return true;
      }
      if (seen.add(next)) {
        found.addAll(List.of(next.getSuppressed()));
        @Nullable Throwable cause = Foreign.cause(next);
        if (cause != null) {
          found.push(cause);
        }
      }
    }
    return false;
  }

  private static Set<Throwable> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
