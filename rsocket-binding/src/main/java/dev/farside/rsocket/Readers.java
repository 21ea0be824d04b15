package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The streams of one peer that threads of this side read, by the call that opened each. */
final class Readers {
  private final Map<Long, ReaderCallbacks> byCall = new ConcurrentHashMap<>();

  void begin(long call, ReaderCallbacks callbacks) {
    byCall.put(call, callbacks);
  }

  /** The stream of this call has ended, if it was one. */
  void end(long call) {
    @Nullable ReaderCallbacks callbacks = byCall.remove(call);
    if (callbacks != null) {
      callbacks.end();
    }
  }

  /** Whether a thread of this side reads the stream of this call, if it is one. */
  boolean areOf(long call) {
    return byCall.containsKey(call);
  }

  /**
   * Has a call carried out by the reader of the stream that it is part of.
   *
   * @param chain which makes it
   * @param limit how long that waits
   * @return false if that is not to be
   */
  boolean offer(long during, Chain chain, Runnable call, TimeLimit limit) {
    @Nullable ReaderCallbacks callbacks = byCall.get(during);
    return callbacks != null && callbacks.offer(chain, call, limit);
  }
}
