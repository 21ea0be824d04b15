package dev.farside.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of its caller's context travels with a call, by key. The maps keep their order and cannot be
 * changed.
 *
 * @param context of its Reactor context or thread locals
 * @param mdc of its logging context
 */
public record Baggage(Map<String, String> context, Map<String, String> mdc) {
  /** No context at all. */
  public static final Baggage NONE = new Baggage(Map.of(), Map.of());

  /** The most entries that each of the maps may have. */
  public static final int MAX_ENTRIES = 64;

  /** Copies the maps. */
  public Baggage {
    context = copy(context);
    mdc = copy(mdc);
  }

  /** What these maps hold; {@link #NONE} if that is nothing. */
  public static Baggage of(Map<String, String> context, Map<String, String> mdc) {
    return context.isEmpty() && mdc.isEmpty() ? NONE : new Baggage(context, mdc);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return context.isEmpty() && mdc.isEmpty();
  }

  private static Map<String, String> copy(Map<String, String> entries) {
    return entries.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }
}
