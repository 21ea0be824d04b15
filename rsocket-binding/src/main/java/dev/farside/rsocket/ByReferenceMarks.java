package dev.farside.rsocket;

/** The values that the next message shall pass by reference. Thread-safe. */
final class ByReferenceMarks {
  private static final WeakIdentityMap<Object, Boolean> MARKED = new WeakIdentityMap<>();

  private ByReferenceMarks() {}

  static void mark(Object value) {
    MARKED.put(value, Boolean.TRUE);
  }

  /** Whether a value was marked; it is not any more. */
  static boolean take(Object value) {
    return MARKED.remove(value) != null;
  }
}
