package dev.farside.rsocket;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The current thread's logging context. */
final class MdcEntries {
  private MdcEntries() {}

  static Scope set(Map<String, String> entries) {
    var scopes = new Scopes();
    entries.forEach((key, value) -> scopes.open(() -> set(key, value)));
    return scopes;
  }

  private static Scope set(String key, String value) {
    @Nullable String before = MDC.get(key);
    MDC.put(key, value);
    return () -> restore(key, before);
  }

  private static void restore(String key, @Nullable String before) {
    if (before == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, before);
    }
  }
}
