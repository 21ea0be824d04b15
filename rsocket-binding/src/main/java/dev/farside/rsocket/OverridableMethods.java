package dev.farside.rsocket;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a class and of interfaces that a subclass beside another class can override, one
 * of each descriptor: the most specific declaration. Bridges are left as they are where they lead
 * to a method that is overridden, and what it gives can be stood in for.
 */
final class OverridableMethods {
  private final @Nullable Class<?> neighbour;
  private final Map<String, Method> found = new LinkedHashMap<>();
  private final Set<String> fixed = new HashSet<>();

  private OverridableMethods(@Nullable Class<?> neighbour) {
    this.neighbour = neighbour;
  }

  /**
   * Finds them.
   *
   * @param neighbour in whose package the subclass will be; null for a package of its own
   */
  static List<Method> of(
      Class<?> superclass, List<Class<?>> interfaces, @Nullable Class<?> neighbour) {
    var methods = new OverridableMethods(neighbour);
    for (@Nullable Class<?> c = superclass; c != null; c = c.getSuperclass()) {
      methods.addClass(c);
    }
    for (@Nullable Class<?> c = superclass; c != null; c = c.getSuperclass()) {
      methods.addInterfaces(c);
    }
    interfaces.forEach(methods::addInterface);
    return List.copyOf(methods.found.values());
  }

  private void addClass(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (!isInherited(method) || fixed.contains(descriptor(method))) {
        continue;
      }
      if (Modifier.isFinal(method.getModifiers()) || leadsElsewhere(method)) {
        fix(method);
      } else {
        found.putIfAbsent(descriptor(method), method);
      }
    }
  }

  /** What is overridden already, stays so. */
  private void fix(Method method) {
    if (!found.containsKey(descriptor(method))) {
      fixed.add(descriptor(method));
    }
  }

  private void addInterfaces(Class<?> type) {
    for (Class<?> parent : type.getInterfaces()) {
      addInterface(parent);
    }
  }

  private void addInterface(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      String descriptor = descriptor(method);
      if (!isInherited(method) || fixed.contains(descriptor)) {
        continue;
      }
      @Nullable Method known = found.get(descriptor);
      boolean wins = known == null || isBelow(type, known.getDeclaringClass());
      if (wins && leadsElsewhere(method)) {
        found.remove(descriptor);
        fixed.add(descriptor);
      } else if (wins) {
        found.put(descriptor, method);
      }
    }
    addInterfaces(type);
  }

  private static boolean isBelow(Class<?> type, Class<?> other) {
    return other.isInterface() && type != other && other.isAssignableFrom(type);
  }

  private boolean isInherited(Method method) {
    int modifiers = method.getModifiers();
    if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers) || isFinalizer(method)) {
      return false;
    }
    Class<?> owner = method.getDeclaringClass();
    if (Modifier.isPublic(modifiers)) {
      return true;
    }
    return owner != Object.class && (Modifier.isProtected(modifiers) || isNear(owner));
  }

  private static boolean isFinalizer(Method method) {
    return method.getName().equals("finalize") && method.getParameterCount() == 0;
  }

  private boolean isNear(Class<?> type) {
    return neighbour != null && Packages.areSame(type, neighbour);
  }

  /** Whether a method is a bridge to another method of the same object, which does for it. */
  private static boolean leadsElsewhere(Method method) {
    return method.isBridge() && !makesVisible(method) && !leadsToEmpty(method);
  }

  /**
   * Whether a bridge calls a method whose result would be stood in for by an object that is empty
   * to final methods of its class; what asks for less gets a better one.
   */
  private static boolean leadsToEmpty(Method bridge) {
    return Arrays.stream(bridge.getDeclaringClass().getDeclaredMethods())
        .filter(method -> !method.isBridge() && method.getName().equals(bridge.getName()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes()))
        .map(Method::getReturnType)
        .anyMatch(type -> !ResultStyles.areFor(type) && StandIns.answersForInterfaces(type));
  }

  /** Whether a bridge calls the same method of a superclass that is not public. */
  private static boolean makesVisible(Method bridge) {
    @Nullable Method original = original(bridge);
    return original != null
        && !Modifier.isPublic(original.getDeclaringClass().getModifiers())
        && Arrays.stream(bridge.getDeclaringClass().getDeclaredMethods())
            .noneMatch(method -> isTarget(bridge, method, original));
  }

  private static @Nullable Method original(Method bridge) {
    @Nullable Class<?> c = bridge.getDeclaringClass().getSuperclass();
    for (; c != null; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (!method.isBridge()
            && method.getName().equals(bridge.getName())
            && descriptor(method).equals(descriptor(bridge))) {
          return method;
        }
      }
    }
    return null;
  }

  private static boolean isTarget(Method bridge, Method method, Method original) {
    if (method.isBridge() || !method.getName().equals(bridge.getName())) {
      return false;
    }
    Class<?>[] wide = bridge.getParameterTypes();
    Class<?>[] narrow = method.getParameterTypes();
    if (Arrays.equals(wide, narrow)) {
      return true;
    }
    boolean generic =
        !Arrays.equals(original.getGenericParameterTypes(), original.getParameterTypes());
    return generic && areAssignable(wide, narrow);
  }

  private static boolean areAssignable(Class<?>[] wide, Class<?>[] narrow) {
    if (wide.length != narrow.length) {
      return false;
    }
    for (int i = 0; i < wide.length; i++) {
      if (!wide[i].isAssignableFrom(narrow[i])) {
        return false;
      }
    }
    return true;
  }

  private static String descriptor(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .descriptorString();
  }
}
