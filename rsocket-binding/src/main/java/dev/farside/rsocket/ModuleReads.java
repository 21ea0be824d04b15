package dev.farside.rsocket;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a named module reads. A class that is defined in an application's module may name only types
 * of modules that this one reads, and only code within it can add to them.
 */
final class ModuleReads {
  private static final AtomicLong LAST_NUMBER = new AtomicLong();

  private ModuleReads() {}

  /**
   * Has a module read those of all these types.
   *
   * @param inside may define classes there, and asked to do so only if some are not read yet
   */
  static void add(Lookup inside, List<Class<?>> types) throws IllegalAccessException {
    Module reader = inside.lookupClass().getModule();
    List<Module> missing =
        types.stream().map(Class::getModule).filter(m -> !reader.canRead(m)).distinct().toList();
    if (missing.isEmpty()) {
      return;
    }
    String name = inside.lookupClass().getName() + "$FarsideReads" + LAST_NUMBER.incrementAndGet();
    Class<?> helper = inside.defineClass(StandInBytes.reader(name));
    try {
      MethodHandle read =
          inside.findStatic(
              helper, StandInBytes.READ, MethodType.methodType(void.class, Module.class));
      for (Module module : missing) {
        read.invokeExact(module);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(reader + " cannot be made to read " + missing, e);
    }
  }
}
