package dev.farside.rsocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Our calls of one peer for which calls that came in wait, and which these are. Thread-safe: each
 * call is begun before it is sent, and ended by whoever receives its end.
 */
final class Waits {
  private final Map<Long, Nesting> byCall = new ConcurrentHashMap<>();

  /** What came in waits for this call of ours from now on. */
  void begin(long call, Nesting waiting) {
    waiting.waits();
    byCall.put(call, waiting);
  }

  /** This call of ours has ended, whether something waited for it or not. */
  void end(long call) {
    @Nullable Nesting waiting = byCall.remove(call);
    if (waiting != null) {
      waiting.goesOn();
    }
  }

  /** What waits for this call of ours; null for nothing. */
  @Nullable Nesting of(long call) {
    return byCall.get(call);
  }
}
