package dev.farside.rsocket;

import java.lang.ref.ReferenceQueue;

/** The values that the next message shall pass by reference. Thread-safe. */
final class ByReferenceMarks {
  private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();
  private static final WeakIdentityMap<Object, Boolean> MARKED = new WeakIdentityMap<>(GONE);

  private ByReferenceMarks() {}

  static void mark(Object value) {
    Reclaimer.reclaimAll(GONE);
    MARKED.put(value, Boolean.TRUE);
  }

  /** Whether a value was marked; it is not any more. */
  static boolean take(Object value) {
    return MARKED.remove(value) != null;
  }
}
