package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Defines one class, and sees for it what the loaders of several types see. */
final class StandInLoader extends ClassLoader {
  private final List<ClassLoader> others;

  private StandInLoader(ClassLoader parent, List<ClassLoader> others) {
    super(parent);
    this.others = others;
  }

  /** Defines a class that names these types. */
  static Class<?> define(String name, byte[] bytes, Class<?> first, List<Class<?>> types) {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    for (Class<?> type : types) {
      @Nullable ClassLoader loader = type.getClassLoader();
      if (loader != null && loader != first.getClassLoader()) {
        loaders.add(loader);
      }
    }
    return new StandInLoader(first.getClassLoader(), new ArrayList<>(loaders))
        .defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    for (ClassLoader other : others) {
      try {
        return other.loadClass(name);
      } catch (ClassNotFoundException e) {
        // the next may know it
      }
    }
    throw new ClassNotFoundException(name);
  }
}
