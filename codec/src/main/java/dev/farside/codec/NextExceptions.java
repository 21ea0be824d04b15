package dev.farside.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The chain of {@code java.sql.SQLException.getNextException()}, passed as if it were a field. By
 * reflection, since an image may lack the module.
 */
final class NextExceptions {
  private static final String OWNER = "java.sql.SQLException";
  private static final String KEY = OWNER + ".next";
  private static final int ROOM = 16;

  private static final ClassValue<Accessors> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Accessors computeValue(Class<?> type) {
          return Accessors.of(type);
        }
      };

  private record Accessors(@Nullable Method getter, @Nullable Method setter) {
    static Accessors of(Class<?> type) {
      for (Class<?> c = type; c != Throwable.class; c = c.getSuperclass()) {
        if (c.getName().equals(OWNER)) {
          return ofOwner(c);
        }
      }
      return new Accessors(null, null);
    }

    private static Accessors ofOwner(Class<?> owner) {
      try {
        return new Accessors(
            owner.getMethod("getNextException"), owner.getMethod("setNextException", owner));
      } catch (NoSuchMethodException e) {
        return new Accessors(null, null);
      }
    }
  }

  private NextExceptions() {}

  /** The next one, or null. */
  static @Nullable Throwable of(Throwable throwable) {
    @Nullable Method getter = ACCESSORS.get(throwable.getClass()).getter();
    return getter == null ? null : (Throwable) invoke(getter, throwable);
  }

  /** Whether it can be passed where so many levels are left. */
  static boolean fits(int levels) {
    return levels > ROOM;
  }

  static void write(Throwable next, ValueWriter out) {
    out.type(KEY);
    out.value("next", next);
  }

  /** Sets it, if the key of a field that is none says so. */
  static void set(Throwable copy, String key, @Nullable Object value) {
    @Nullable Method setter = ACCESSORS.get(copy.getClass()).setter();
    if (setter != null
        && key.equals(KEY)
        && setter.getParameterTypes()[0].isInstance(value)
        && of(copy) == null) {
      invoke(setter, copy, value);
    }
  }

  private static @Nullable Object invoke(
      Method method, Throwable target, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      return null; // a class of its own mind
    }
  }
}
