package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.OneWay;
import dev.farside.Timeout;
import dev.farside.codec.PassMode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All declarations of one method: its own first, then those that it overrides, and the types that
 * declare or inherit it. What one of them is marked with counts for all; of several marks the
 * first.
 */
final class Declarations {
  /** A type that has the method. */
  private record Bearer(Class<?> type, @Nullable Method declared) {
    boolean isMarked(Class<? extends Annotation> mark) {
      return type.isAnnotationPresent(mark)
          || (declared != null && declared.isAnnotationPresent(mark));
    }
  }

  private final List<Bearer> bearers;
  private final List<Method> methods;

  private Declarations(Method method, List<Bearer> bearers) {
    this.bearers = bearers;
    Stream<Method> all = bearers.stream().flatMap(bearer -> Stream.ofNullable(bearer.declared));
    this.methods = Stream.concat(Stream.of(method), all).distinct().toList();
  }

  /** The declarations of a method in these types and all that they inherit from. */
  static Declarations of(Method method, List<Class<?>> types) {
    Set<Bearer> found = new LinkedHashSet<>();
    types.forEach(type -> found.addAll(bearers(type, method)));
    found.add(new Bearer(method.getDeclaringClass(), method));
    return new Declarations(method, List.copyOf(found));
  }

  /** This type and those that it inherits the method from, if it has it. */
  private static List<Bearer> bearers(@Nullable Class<?> type, Method method) {
    if (type == null) {
      return List.of();
    }
    List<Bearer> found = new ArrayList<>(bearers(type.getSuperclass(), method));
    for (Class<?> parent : type.getInterfaces()) {
      found.addAll(bearers(parent, method));
    }
    @Nullable Method declared = declared(type, method);
    if (declared != null || !found.isEmpty()) {
      found.add(0, new Bearer(type, declared));
    }
    return found;
  }

  private static @Nullable Method declared(Class<?> type, Method method) {
    try {
      return type.getDeclaredMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException e) {
      return null; // this type only inherits it, if it has it
    } catch (LinkageError e) {
      return null; // what this type declares cannot be read: see MissingTypes
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

  /** A type's mark counts for what the type declares. */
  private static boolean isOneWay(Method method) {
    return method.isAnnotationPresent(OneWay.class)
        || (method.getReturnType() == void.class
            && method.getDeclaringClass().isAnnotationPresent(OneWay.class));
  }

  /** How long a call may take; null if no declaration says. */
  @Nullable Duration timeout() {
    Method own = methods.get(0);
    if (own.isAnnotationPresent(Timeout.class)) {
      return positive(own, own.getDeclaringClass());
    }
    for (Bearer bearer : bearers) {
      if (bearer.declared != null && bearer.declared.isAnnotationPresent(Timeout.class)) {
        return positive(bearer.declared, bearer.type);
      } else if (bearer.type.isAnnotationPresent(Timeout.class)) {
        return positive(bearer.type, bearer.type);
      }
    }
    return null;
  }

  private Duration positive(AnnotatedElement marked, Class<?> type) {
    Timeout timeout = requireNonNull(marked.getAnnotation(Timeout.class));
    if (timeout.value() <= 0) {
      throw new IllegalArgumentException(
          type.getSimpleName()
              + "."
              + methods.get(0).getName()
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

  /** Whether the method, or a type that has it, bears this mark. */
  boolean isMarked(Class<? extends Annotation> mark) {
    return bearers.stream().anyMatch(bearer -> bearer.isMarked(mark));
  }

  /** Whether one of them asks for more than that the method be called. */
  boolean areMarked() {
    int parameters = methods.get(0).getParameterCount();
    return methods.stream().anyMatch(Declarations::isTimed)
        || isOneWay()
        || result() != PassMode.BY_CLASS
        || IntStream.range(0, parameters).anyMatch(i -> parameter(i) != PassMode.BY_CLASS);
  }

  private static boolean isTimed(Method method) {
    return method.isAnnotationPresent(Timeout.class)
        || method.getDeclaringClass().isAnnotationPresent(Timeout.class);
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
