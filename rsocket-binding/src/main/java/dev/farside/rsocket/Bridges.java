package dev.farside.rsocket;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the methods lead that compilers add to classes. */
final class Bridges {
  private Bridges() {}

  /** Whether it is one, to another method of the same object, which does for it. */
  static boolean leadsElsewhere(Method method) {
    return method.isBridge() && !makesVisible(method) && !leadsToEmpty(method);
  }

  /** Whether it is one that was added for nothing that its class itself declares. */
  static boolean leadsToInherited(Method method) {
    return method.isBridge() && (makesVisible(method) || !hasTarget(method));
  }

  /** Whether a bridge calls the same method of a superclass that is not public. */
  private static boolean makesVisible(Method bridge) {
    @Nullable Method original = original(bridge);
    return original != null
        && !Modifier.isPublic(original.getDeclaringClass().getModifiers())
        && siblings(bridge).noneMatch(method -> isTarget(bridge, method, original));
  }

  /**
   * Whether a bridge calls a method whose result would be stood in for by an object that is empty
   * to final methods of its class; what asks for less gets a better one.
   */
  private static boolean leadsToEmpty(Method bridge) {
    return siblings(bridge)
        .filter(m -> Arrays.equals(m.getParameterTypes(), bridge.getParameterTypes()))
        .map(Method::getReturnType)
        .anyMatch(type -> !ResultStyles.areFor(type) && StandIns.answersForInterfaces(type));
  }

  private static boolean hasTarget(Method bridge) {
    return siblings(bridge)
        .anyMatch(m -> areAssignable(bridge.getParameterTypes(), m.getParameterTypes()));
  }

  /** What its class declares of the same name. */
  private static Stream<Method> siblings(Method bridge) {
    return Stream.of(bridge.getDeclaringClass().getDeclaredMethods())
        .filter(method -> !method.isBridge() && method.getName().equals(bridge.getName()));
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

  /** Name, parameter types and result type. */
  static String descriptor(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .descriptorString();
  }
}
