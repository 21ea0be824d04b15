package dev.farside.rsocket;

import dev.farside.LimitExceededException;
import dev.farside.NotPassableException;
import dev.farside.codec.Baggage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What of a caller's context travels with its calls, and is taken from calls that come in: what a
 * side has named, and nothing else. Does nothing, and looks at no thread local, if that is nothing.
 * Thread-safe: what is read and set is the current thread's own.
 */
final class Propagation {
  /** As UTF-8, they stay within what the wire allows. */
  private static final int MAX_CHARS = 1 << 14;

  /** What the current thread carries on although no registered thread local may hold it. */
  private static final ThreadLocal<@Nullable Baggage> CARRIED = new ThreadLocal<>();

  private final List<String> keys;
  private final List<String> mdcKeys;
  private final ThreadLocals threadLocals;
  private final boolean off;

  Propagation(List<String> keys, List<String> mdcKeys) {
    this.keys = keys;
    this.mdcKeys = mdcKeys;
    this.threadLocals = keys.isEmpty() ? ThreadLocals.NONE : ThreadLocals.registered();
    this.off = keys.isEmpty() && mdcKeys.isEmpty();
  }

  /**
   * What a call that is made now takes along: a value of the context, else of the current thread.
   *
   * @param context of who subscribes to the call; empty for who waits for it
   * @throws NotPassableException if a value is no text
   * @throws LimitExceededException if it is too much
   */
  Baggage capture(ContextView context) {
    if (off) {
      return Baggage.NONE;
    }
    Map<String, String> values = collect(keys, key -> value(key, context));
    Map<String, String> entries = collect(mdcKeys, key -> mdcEntry(key, context));
    return Baggage.of(bounded("context", values), bounded("MDC", entries));
  }

  /** What this side takes of what came with a call. */
  Baggage accept(Baggage received) {
    return off || received.isEmpty()
        ? Baggage.NONE
        : Baggage.of(collect(keys, received.context()::get), collect(mdcKeys, received.mdc()::get));
  }

  /**
   * Makes it the current thread's.
   *
   * @throws NotPassableException if a thread local does not take its value
   */
  Scope enter(Baggage baggage) {
    if (baggage.isEmpty()) {
      return Scope.NONE;
    }
    var scopes = new Scopes();
    scopes.open(() -> carry(baggage));
    scopes.open(() -> threadLocals.set(baggage.context()));
    scopes.open(() -> MdcEntries.set(baggage.mdc()));
    return scopes;
  }

  /** Makes it a part of a Reactor context. */
  static Context write(Baggage baggage, Context context) {
    return baggage.context().isEmpty() ? context : context.putAllMap(baggage.context());
  }

  private static Scope carry(Baggage baggage) {
    @Nullable Baggage before = CARRIED.get();
    CARRIED.set(baggage);
    return () -> CARRIED.set(before);
  }

  private @Nullable String value(String key, ContextView context) {
    @Nullable Object value = context.getOrDefault(key, null);
    if (value == null) {
      @Nullable Baggage carried = CARRIED.get();
      value = threadLocals.get(key, carried == null ? null : carried.context().get(key));
    }
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new NotPassableException(
        "The context value \""
            + key
            + "\" is a "
            + value.getClass().getName()
            + ", but only texts travel: keep a String under a key that is given to"
            + " Farside.Builder.propagate");
  }

  /** What a subscriber's call came with is there although the thread's own is not any more. */
  private static @Nullable String mdcEntry(String key, ContextView context) {
    @Nullable String entry = MDC.get(key);
    if (entry != null) {
      return entry;
    }
    @Nullable CallContext within = CallContext.of(context);
    return within == null ? null : within.baggage().mdc().get(key);
  }

  private static Map<String, String> collect(
      List<String> keys, Function<String, @Nullable String> values) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    var collected = new LinkedHashMap<String, String>();
    for (String key : keys) {
      @Nullable String value = values.apply(key);
      if (value != null) {
        collected.put(key, value);
      }
    }
    return collected;
  }

  private static Map<String, String> bounded(String what, Map<String, String> entries) {
    int chars = 0;
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      chars += entry.getKey().length() + entry.getValue().length();
      if (chars > MAX_CHARS) {
        throw new LimitExceededException(
            "The "
                + what
                + " that is to travel with a call is longer than "
                + MAX_CHARS
                + " characters with its entry \""
                + entry.getKey()
                + "\"; pass long values as arguments");
      }
    }
    return entries;
  }
}
