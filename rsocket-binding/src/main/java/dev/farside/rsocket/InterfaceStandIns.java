package dev.farside.rsocket;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Stand-ins that are dynamic proxies of interfaces. */
final class InterfaceStandIns {
  private InterfaceStandIns() {}

  static StandInType type(List<Class<?>> interfaces) {
    List<Class<?>> compatible = compatible(interfaces);
    ClassLoader loader = Loaders.seeing(compatible);
    Class<?>[] array = compatible.toArray(Class<?>[]::new);
    return new StandInType(compatible, handler -> Proxy.newProxyInstance(loader, array, handler));
  }

  /**
   * Those that one proxy class can have together: visible to one loader, those that are not public
   * in one package, no two methods that contradict each other.
   */
  private static List<Class<?>> compatible(List<Class<?>> interfaces) {
    if (isCompatible(interfaces)) {
      return interfaces;
    }
    var kept = new ArrayList<Class<?>>();
    for (Class<?> candidate : interfaces) {
      kept.add(candidate);
      if (!isCompatible(kept)) {
        kept.remove(candidate);
      }
    }
    return kept;
  }

  private static boolean isCompatible(List<Class<?>> interfaces) {
    try {
      Proxy.newProxyInstance(
          Loaders.seeing(interfaces), interfaces.toArray(Class<?>[]::new), (p, m, a) -> null);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
