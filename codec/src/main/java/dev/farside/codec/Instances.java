package dev.farside.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Instances of a class for which only a superclass's constructor has run, as Java deserialization
 * makes them: no code of the class itself is executed.
 */
public final class Instances {
  private static final ClassValue<Constructor<?>> PLAIN =
      new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
          return constructor(type, declared(Object.class));
        }
      };

  private static final ClassValue<Constructor<?>> THROWABLES =
      new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
          return constructor(type, declared(Throwable.class, String.class));
        }
      };

  private static final ClassValue<Constructor<?>> STACKLESS =
      new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
          return constructor(
              type,
              declared(
                  Throwable.class, String.class, Throwable.class, boolean.class, boolean.class));
        }
      };

  private static final Factory FACTORY = Factory.load();

  private Instances() {}

  /**
   * An instance whose fields all have their default values.
   *
   * @param type neither abstract nor an interface
   */
  public static Object blank(Class<?> type) {
    return create(PLAIN.get(type));
  }

  /**
   * A throwable with this message, for which only {@link Throwable}'s constructor has run; without
   * a stack if its class's {@code fillInStackTrace} fails.
   */
  static Throwable throwable(Class<?> type, @Nullable String message) {
    try {
      return (Throwable) THROWABLES.get(type).newInstance(message);
    } catch (ReflectiveOperationException e) {
      return (Throwable) create(STACKLESS.get(type), message, null, true, false);
    }
  }

  private static Object create(Constructor<?> constructor, @Nullable Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No instance of " + constructor.getDeclaringClass(), e);
    }
  }

  private static Constructor<?> declared(Class<?> type, Class<?>... parameters) {
    try {
      return type.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes instances of a class for which only this constructor of a superclass runs. */
  static Constructor<?> constructor(Class<?> type, Constructor<?> ofSuperclass) {
    try {
      return (Constructor<?>) FACTORY.method().invoke(FACTORY.instance(), type, ofSuperclass);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("No constructor for " + type, e);
    }
  }

  /**
   * {@code sun.reflect.ReflectionFactory}, which the module jdk.unsupported exports for this very
   * purpose. Called by reflection, since a compiler warns of its name.
   */
  private record Factory(Object instance, Method method) {
    static Factory load() {
      try {
        Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
        return new Factory(
            type.getMethod("getReflectionFactory").invoke(null),
            type.getMethod("newConstructorForSerialization", Class.class, Constructor.class));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "Farside needs the module jdk.unsupported; add it to the run-time image", e);
      }
    }
  }
}
