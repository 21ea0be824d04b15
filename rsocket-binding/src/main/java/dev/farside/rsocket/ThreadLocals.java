package dev.farside.rsocket;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thread locals that the application has registered by key, so that libraries can carry them. */
interface ThreadLocals {
  /** Nothing is registered. */
  ThreadLocals NONE =
      new ThreadLocals() {
        @Override
        public @Nullable Object get(String key, @Nullable Object unregistered) {
          return unregistered;
        }

        @Override
        public Scope set(Map<String, String> values) {
          return Scope.NONE;
        }
      };

  /**
   * The current thread's value.
   *
   * @param unregistered the answer if no thread local has this key
   */
  @Nullable Object get(String key, @Nullable Object unregistered);

  /** Sets the current thread's values; keys that no thread local has are passed over. */
  Scope set(Map<String, String> values);

  /** Those of Micrometer's registry; none where that library is missing. */
  static ThreadLocals registered() {
    return isLibraryThere() ? new RegisteredThreadLocals() : NONE;
  }

  private static boolean isLibraryThere() {
    try {
      Class.forName(
          "io.micrometer.context.ContextRegistry", false, ThreadLocals.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
