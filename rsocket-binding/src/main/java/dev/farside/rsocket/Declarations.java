package dev.farside.rsocket;

import dev.farside.OneWay;
import dev.farside.Timeout;
import dev.farside.codec.PassMode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All declarations of one method: its own first, then those that it overrides. What one of them is
 * marked with counts for all; of several marks the first.
 */
final class Declarations {
  private final List<Method> methods;

  private Declarations(List<Method> methods) {
    this.methods = methods;
  }

  /** The declarations of a method in these types and all that they inherit from. */
  static Declarations of(Method method, List<Class<?>> types) {
    Set<Method> found = new LinkedHashSet<>(List.of(method));
    types.forEach(type -> collect(type, method, found));
    return new Declarations(List.copyOf(found));
  }

  private static void collect(@Nullable Class<?> type, Method method, Set<Method> into) {
    if (type == null) {
      return;
    }
    try {
      into.add(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
    } catch (NoSuchMethodException e) {
      // this type only inherits it
    } catch (LinkageError e) {
      // what this type declares cannot be read: see MissingTypes
    }
    collect(type.getSuperclass(), method, into);
    for (Class<?> parent : type.getInterfaces()) {
      collect(parent, method, into);
    }
  }

  /** How the result is asked to be passed. */
  PassMode result() {
    return mode(method -> method);
  }

  /** How an argument is asked to be passed. */
  PassMode parameter(int index) {
    return mode(method -> method.getParameters()[index]);
  }

  boolean isOneWay() {
    return methods.stream().anyMatch(Declarations::isOneWay);
  }

  private static boolean isOneWay(Method method) {
    return method.isAnnotationPresent(OneWay.class)
        || (method.getReturnType() == void.class
            && method.getDeclaringClass().isAnnotationPresent(OneWay.class));
  }

  /** How long a call may take; null if no declaration says. */
  @Nullable Duration timeout() {
    for (Method method : methods) {
      @Nullable Timeout own = method.getAnnotation(Timeout.class);
      @Nullable Timeout timeout =
          own != null ? own : method.getDeclaringClass().getAnnotation(Timeout.class);
      if (timeout != null) {
        return positive(timeout, method);
      }
    }
    return null;
  }

  private static Duration positive(Timeout timeout, Method method) {
    if (timeout.value() <= 0) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getSimpleName()
              + "."
              + method.getName()
              + " is marked @Timeout("
              + timeout.value()
              + "): the time must be positive");
    }
    return Duration.of(timeout.value(), timeout.unit().toChronoUnit());
  }

  /** Whether it gives back what its caller holds: {@code unlock} or {@code close}. */
  boolean isCleanup() {
    return isUnlock() || declares(AutoCloseable.class, "close");
  }

  /** Whether it is {@link Lock#unlock}. */
  boolean isUnlock() {
    return declares(Lock.class, "unlock");
  }

  private boolean declares(Class<?> type, String name) {
    return methods.stream()
        .anyMatch(
            m ->
                m.getDeclaringClass() == type
                    && m.getName().equals(name)
                    && m.getParameterCount() == 0);
  }

  /** Whether the method, or a type that declares it, bears this mark. */
  boolean isMarked(Class<? extends Annotation> mark) {
    return methods.stream()
        .anyMatch(
            m -> m.isAnnotationPresent(mark) || m.getDeclaringClass().isAnnotationPresent(mark));
  }

  /** Whether one of them asks for more than that the method be called. */
  boolean areMarked() {
    int parameters = methods.get(0).getParameterCount();
    return isOneWay()
        || timeout() != null
        || result() != PassMode.BY_CLASS
        || IntStream.range(0, parameters).anyMatch(i -> parameter(i) != PassMode.BY_CLASS);
  }

  /** How the arguments of a constructor are asked to be passed: it overrides none. */
  static List<PassMode> parameters(Constructor<?> constructor) {
    return Stream.of(constructor.getParameters()).map(PassMode::markOf).toList();
  }

  private PassMode mode(Function<Method, AnnotatedElement> marked) {
    return methods.stream()
        .map(marked)
        .map(PassMode::markOf)
        .filter(mark -> mark != PassMode.BY_CLASS)
        .findFirst()
        .orElse(PassMode.BY_CLASS);
  }
}
