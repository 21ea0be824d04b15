package dev.farside.rsocket;

import dev.farside.codec.Instances;
import dev.farside.spi.StandIn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the classes of stand-ins at run time. An instance, of which no constructor has run, is of
 * one class, {@code Object} at least, and of interfaces; all its methods that can be overridden
 * are.
 */
final class StandInClasses {
  private static final String OWN_PACKAGE = "dev.farside.standin.";
  private static final AtomicLong LAST_NUMBER = new AtomicLong();

  private static final ClassValue<Boolean> ONES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.isSynthetic()
              && Stream.of(type.getDeclaredFields())
                  .anyMatch(field -> field.getName().equals(StandInBytes.METHODS));
        }
      };

  private StandInClasses() {}

  /** Whether a class is one of these: others may have all their interfaces, as decorators do. */
  static boolean isOne(Class<?> type) {
    return ONES.get(type);
  }

  /** Why there can be no stand-in of a type that is neither final nor sealed, or null. */
  static @Nullable String whyNot(Class<?> type) {
    return isAccessible(type) || isOpen(type)
        ? null
        : "it is not public, or its package "
            + type.getPackageName()
            + " not exported, and its module does not open that to Farside";
  }

  /** Stand-ins of a class, if the first of these types is one, and of interfaces. */
  static StandInType type(List<Class<?>> types) {
    boolean ofClass = !types.isEmpty() && !types.get(0).isInterface();
    Class<?> superclass = ofClass ? types.get(0) : Object.class;
    @Nullable Class<?> neighbour = neighbour(superclass, types);
    List<Class<?>> kept = types.stream().filter(t -> isVisible(t, neighbour)).toList();
    Class<?> standIn = define(superclass, kept, neighbour);
    Field handler = field(standIn, StandInBytes.HANDLER);
    return new StandInType(
        kept, result -> isResult(result, neighbour), h -> instance(standIn, handler, h));
  }

  /**
   * A type in whose package the class must be made to see it, or, for a class of the application,
   * should be made to override what is visible there only.
   */
  private static @Nullable Class<?> neighbour(Class<?> superclass, List<Class<?>> types) {
    if (superclass.getClassLoader() != null
        && isOpen(superclass)
        && (!isAccessible(superclass)
            || types.stream().allMatch(type -> isVisible(type, superclass)))) {
      return superclass;
    }
    @Nullable Class<?> hidden =
        types.stream().filter(type -> !isAccessible(type)).findFirst().orElse(null);
    return hidden != null ? hidden : hiddenResult(superclass, types);
  }

  /** A result type that must be seen to return it, where that loses none of the types. */
  private static @Nullable Class<?> hiddenResult(Class<?> superclass, List<Class<?>> types) {
    return OverridableMethods.of(superclass, interfaces(superclass, types), null).stream()
        .map(method -> element(method.getReturnType()))
        .filter(result -> !isAccessible(result) && isOpen(result))
        .filter(result -> isVisible(superclass, result))
        .filter(result -> types.stream().allMatch(type -> isVisible(type, result)))
        .findFirst()
        .orElse(null);
  }

  /** Whether a method of a class beside this neighbour may return this type. */
  private static boolean isResult(Class<?> type, @Nullable Class<?> neighbour) {
    Class<?> element = element(type);
    return isAccessible(element) || (neighbour != null && Packages.areSame(element, neighbour));
  }

  private static Class<?> element(Class<?> type) {
    return type.isArray() ? element(type.getComponentType()) : type;
  }

  /** Whether a class beside this neighbour may have this type. */
  private static boolean isVisible(Class<?> type, @Nullable Class<?> neighbour) {
    if (neighbour == null) {
      return true;
    }
    return Packages.areSame(type, neighbour)
        || (isAccessible(type)
            && Loaders.sees(neighbour.getClassLoader(), type)
            && Loaders.sees(neighbour.getClassLoader(), StandIn.class));
  }

  private static Class<?> define(
      Class<?> superclass, List<Class<?>> types, @Nullable Class<?> neighbour) {
    LocalMembers.report(superclass);
    List<Class<?>> interfaces = interfaces(superclass, types);
    List<Method> methods = OverridableMethods.of(superclass, interfaces, neighbour);
    String name =
        (neighbour != null ? neighbour.getName() : ownName(types))
            + "$Farside"
            + LAST_NUMBER.incrementAndGet();
    byte[] bytes =
        StandInBytes.of(name, superclass, interfaces, methods, type -> isResult(type, neighbour));
    Class<?> standIn =
        neighbour != null
            ? defineBeside(neighbour, types, bytes)
            : StandInLoader.define(name, bytes, StandIn.class, types);
    set(field(standIn, StandInBytes.METHODS), null, methods.toArray(Method[]::new));
    return standIn;
  }

  private static List<Class<?>> interfaces(Class<?> superclass, List<Class<?>> types) {
    return types.stream().filter(type -> !type.isAssignableFrom(superclass)).toList();
  }

  private static String ownName(List<Class<?>> types) {
    return OWN_PACKAGE + (types.isEmpty() ? "Opaque" : types.get(0).getSimpleName());
  }

  private static Class<?> defineBeside(Class<?> neighbour, List<Class<?>> types, byte[] bytes) {
    try {
      Lookup inside = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
      ModuleReads.add(inside, Stream.concat(types.stream(), Stream.of(StandIn.class)).toList());
      return inside.defineClass(bytes);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The package of " + neighbour + " is open, but not to us", e);
    }
  }

  /** Whether any package may see this type: for the virtual machine, protected means public. */
  private static boolean isAccessible(Class<?> type) {
    return (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && type.getModule().isExported(type.getPackageName());
  }

  private static boolean isOpen(Class<?> type) {
    return type.getModule().isOpen(type.getPackageName(), StandInClasses.class.getModule());
  }

  private static Field field(Class<?> standIn, String name) {
    try {
      Field field = standIn.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object instance(Class<?> standIn, Field field, StandInHandler handler) {
    Object instance = Instances.blank(standIn);
    set(field, instance, handler);
    return instance;
  }

  private static void set(Field field, @Nullable Object instance, Object value) {
    try {
      field.set(instance, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
