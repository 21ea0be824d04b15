package dev.farside.rsocket;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
      if (!isInherited(method) || fixed.contains(Bridges.descriptor(method))) {
        continue;
      }
      if (Modifier.isFinal(method.getModifiers()) || Bridges.leadsElsewhere(method)) {
        fix(method);
      } else {
        found.putIfAbsent(Bridges.descriptor(method), method);
      }
    }
  }

  /** What is overridden already, stays so. */
  private void fix(Method method) {
    if (!found.containsKey(Bridges.descriptor(method))) {
      fixed.add(Bridges.descriptor(method));
    }
  }

  private void addInterfaces(Class<?> type) {
    for (Class<?> parent : type.getInterfaces()) {
      addInterface(parent);
    }
  }

  private void addInterface(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      String descriptor = Bridges.descriptor(method);
      if (!isInherited(method) || fixed.contains(descriptor)) {
        continue;
      }
      @Nullable Method known = found.get(descriptor);
      boolean wins = known == null || isBelow(type, known.getDeclaringClass());
      if (wins && Bridges.leadsElsewhere(method)) {
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
}
