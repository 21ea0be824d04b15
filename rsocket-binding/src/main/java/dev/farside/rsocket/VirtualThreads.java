package dev.farside.rsocket;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which Java has from 21 on and the language level does not know. */
final class VirtualThreads {
  /** {@code Thread.isVirtual()}; null if this Java has none. */
  private static final @Nullable Method IS_VIRTUAL = isVirtual();

  private VirtualThreads() {}

  private static @Nullable Method isVirtual() {
    try {
      return Thread.class.getMethod("isVirtual");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** Whether the current thread is one. */
  static boolean isCurrent() {
    try {
      return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invoke(Thread.currentThread());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes those that are named by this and a number, from 1 on: {@code
   * Thread.ofVirtual().name(prefix, 1).factory()}.
   *
   * @throws IllegalStateException if this Java has none
   */
  static ThreadFactory named(String prefix) {
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
      return (ThreadFactory) type.getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java has no virtual threads", e);
    }
  }
}
