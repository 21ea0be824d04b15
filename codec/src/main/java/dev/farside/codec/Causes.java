package dev.farside.codec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Causes and suppressed exceptions as far as values may nest. Where a chain is longer, an exception
 * in it says how many are left out, and has the last of them, the root of it all, as its cause.
 */
final class Causes {
  private static final int ROOM_TO_CUT = 16;
  private static final int ROOM_FOR_ROOT = 12;
  private static final int ROOM_FOR_ANY = 3;

  /** Stands for what is not passed; arrives as a plain Throwable. */
  static final class LeftOut extends Throwable {
    private static final long serialVersionUID = 1;

    LeftOut(String message, @Nullable Throwable cause) {
      super(message, cause, false, false);
    }
  }

  private Causes() {}

  /** The cause, or what stands for it where there are {@code levels} left. */
  static @Nullable Throwable of(Throwable throwable, int levels) {
    @Nullable Throwable cause = Foreign.cause(throwable);
    if (cause == null || levels > ROOM_TO_CUT || throwable instanceof LeftOut) {
      return cause;
    }
    return levels > ROOM_FOR_ANY ? cut(cause, levels > ROOM_FOR_ROOT) : null;
  }

  /** Whether there is room for a suppressed exception. */
  static boolean fits(int levels) {
    return levels > ROOM_FOR_ANY;
  }

  private static Throwable cut(Throwable first, boolean withRoot) {
    Set<Throwable> chain = identitySet();
    Throwable last = first;
    @Nullable Throwable next = first;
    while (next != null && chain.add(next)) {
      last = next;
      next = Foreign.cause(next);
    }
    boolean hasRoot = withRoot && next == null;
    int left = chain.size() - (hasRoot ? 1 : 0);
    return left == 0
        ? last
        : new LeftOut("(" + left + " more causes are left out)", hasRoot ? last : null);
  }

  /** Whether an exception is reached from another by causes and suppressed ones. */
  static boolean reaches(Throwable from, Throwable to) {
    return reaches(from, to, identitySet());
  }

  private static boolean reaches(Throwable from, Throwable to, Set<Throwable> seen) {
    for (@Nullable Throwable t = from; t != null && seen.add(t); t = Foreign.cause(t)) {
      if (t == to) {
        return true;
      }
      for (Throwable suppressed : t.getSuppressed()) {
        if (reaches(suppressed, to, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<Throwable> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
