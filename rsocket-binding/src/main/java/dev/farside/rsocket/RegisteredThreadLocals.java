package dev.farside.rsocket;

import dev.farside.NotPassableException;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those of Micrometer's global registry, as it is at each use. The only class that knows that
 * library, which may be missing.
 */
final class RegisteredThreadLocals implements ThreadLocals {
  @Override
  public @Nullable Object get(String key, @Nullable Object unregistered) {
    for (ThreadLocalAccessor<?> accessor : accessors()) {
      if (key.equals(accessor.key())) {
        return accessor.getValue();
      }
    }
    return unregistered;
  }

  @Override
  public Scope set(Map<String, String> values) {
    var scopes = new Scopes();
    for (ThreadLocalAccessor<?> accessor : accessors()) {
      @Nullable String value = accessor.key() instanceof String key ? values.get(key) : null;
      if (value != null) {
        scopes.open(() -> set(accessor, value));
      }
    }
    return scopes;
  }

  @SuppressWarnings("unchecked") // whether it takes texts, it tells itself
  private static <V> Scope set(ThreadLocalAccessor<V> accessor, String value) {
    @Nullable V before = accessor.getValue();
    try {
      accessor.setValue((V) value);
    } catch (RuntimeException e) {
      throw new NotPassableException(
          "The thread local registered as \""
              + accessor.key()
              + "\" does not take the text that the caller sent: "
              + e,
          e);
    }
    return () -> restore(accessor, before);
  }

  private static <V> void restore(ThreadLocalAccessor<V> accessor, @Nullable V before) {
    if (before == null) {
      accessor.restore();
    } else {
      accessor.restore(before);
    }
  }

  private static Iterable<ThreadLocalAccessor<?>> accessors() {
    return ContextRegistry.getInstance().getThreadLocalAccessors();
  }
}
