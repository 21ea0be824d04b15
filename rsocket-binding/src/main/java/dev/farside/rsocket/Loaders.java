package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Class loaders that see several types. */
final class Loaders {
  private Loaders() {}

  /** A loader that sees all of these types, or our own if there is none. */
  static ClassLoader seeing(List<Class<?>> types) {
    ClassLoader ours = Loaders.class.getClassLoader();
    for (ClassLoader candidate : candidates(types, ours)) {
      if (types.stream().allMatch(type -> sees(candidate, type))) {
        return candidate;
      }
    }
    return ours;
  }

  static boolean sees(@Nullable ClassLoader loader, Class<?> type) {
    try {
      return Class.forName(type.getName(), false, loader) == type;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static List<ClassLoader> candidates(List<Class<?>> types, ClassLoader ours) {
    var candidates = new ArrayList<ClassLoader>();
    for (Class<?> type : types) {
      @Nullable ClassLoader loader = type.getClassLoader();
      if (loader != null) {
        candidates.add(loader);
      }
    }
    candidates.add(ours);
    return candidates;
  }
}
