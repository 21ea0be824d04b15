package dev.farside.rsocket;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.isFinalizer;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isVirtual;
import static net.bytebuddy.matcher.ElementMatchers.not;

import dev.farside.codec.Instances;
import dev.farside.spi.StandIn;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.loading.MultipleParentClassLoader;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.FieldAccessor;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.StubMethod;
import org.jspecify.annotations.Nullable;

/**
 * Makes the classes of stand-ins at run time. An instance, of which no constructor has run, is of
 * one class, {@code Object} at least, and of interfaces; all its methods that can be overridden
 * are. The one class that knows Byte Buddy.
 */
final class StandInClasses {
  private static final String HANDLER = "farside$handler";
  private static final String OWN_PACKAGE = "dev.farside.standin.";
  private static final AtomicLong LAST_NUMBER = new AtomicLong();

  private StandInClasses() {}

  /** Why there can be no stand-in of a type that is neither final nor sealed, or null. */
  static @Nullable String whyNot(Class<?> type) {
    return isAccessible(type) || isOpen(type)
        ? null
        : "it is not public and its module is not open to Farside";
  }

  /** Stand-ins of a class, if the first of these types is one, and of interfaces. */
  static StandInType type(List<Class<?>> types) {
    boolean ofClass = !types.isEmpty() && !types.get(0).isInterface();
    Class<?> superclass = ofClass ? types.get(0) : Object.class;
    @Nullable Class<?> neighbour = neighbour(superclass, types);
    List<Class<?>> kept = types.stream().filter(t -> isVisible(t, neighbour)).toList();
    Class<?> standIn =
        neighbour == null ? inOwnPackage(superclass, kept) : beside(neighbour, superclass, kept);
    Field handler = handlerField(standIn);
    return new StandInType(kept, h -> instance(standIn, handler, h));
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
    return types.stream().filter(type -> !isAccessible(type)).findFirst().orElse(null);
  }

  /** Whether a class beside this neighbour may have this type. */
  private static boolean isVisible(Class<?> type, @Nullable Class<?> neighbour) {
    if (neighbour == null) {
      return true;
    }
    boolean near =
        type.getClassLoader() == neighbour.getClassLoader()
            && type.getPackageName().equals(neighbour.getPackageName());
    return near
        || (isAccessible(type)
            && Loaders.sees(neighbour.getClassLoader(), type)
            && Loaders.sees(neighbour.getClassLoader(), StandIn.class));
  }

  private static Class<?> beside(Class<?> neighbour, Class<?> superclass, List<Class<?>> types) {
    return subclass(superclass, types, neighbour.getName() + number())
        .load(neighbour.getClassLoader(), lookup(neighbour))
        .getLoaded();
  }

  private static Class<?> inOwnPackage(Class<?> superclass, List<Class<?>> types) {
    List<Class<?>> seen = types.stream().filter(t -> t.getClassLoader() != null).toList();
    ClassLoader parents =
        new MultipleParentClassLoader.Builder(false)
            .append(StandIn.class)
            .append(seen.toArray(Class<?>[]::new))
            .build();
    String name = types.isEmpty() ? "Opaque" : types.get(0).getSimpleName();
    return subclass(superclass, types, OWN_PACKAGE + name + number())
        .load(parents, ClassLoadingStrategy.Default.WRAPPER)
        .getLoaded();
  }

  private static String number() {
    return "$Farside" + LAST_NUMBER.incrementAndGet();
  }

  private static DynamicType.Unloaded<?> subclass(
      Class<?> superclass, List<Class<?>> types, String name) {
    List<Class<?>> interfaces =
        types.stream().filter(t -> !t.isAssignableFrom(superclass)).toList();
    return new ByteBuddy(ClassFileVersion.JAVA_V17)
        .with(TypeValidation.DISABLED)
        .subclass(superclass, ConstructorStrategy.Default.NO_CONSTRUCTORS)
        .name(name)
        .modifiers(SyntheticState.SYNTHETIC, Visibility.PACKAGE_PRIVATE)
        .implement(interfaces)
        .defineField(HANDLER, InvocationHandler.class, Visibility.PUBLIC)
        .method(isVirtual().and(isPublic().or(not(isDeclaredBy(Object.class)))))
        .intercept(InvocationHandlerAdapter.toField(HANDLER))
        .method(isFinalizer())
        .intercept(StubMethod.INSTANCE)
        .implement(StandIn.class)
        .intercept(FieldAccessor.ofField(HANDLER))
        .make();
  }

  private static ClassLoadingStrategy<ClassLoader> lookup(Class<?> neighbour) {
    try {
      return ClassLoadingStrategy.UsingLookup.of(
          MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The package of " + neighbour + " is open, but not to us", e);
    }
  }

  /** Whether any package may see this type: for the virtual machine, protected means public. */
  private static boolean isAccessible(Class<?> type) {
    return (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private static boolean isOpen(Class<?> type) {
    return type.getModule().isOpen(type.getPackageName(), StandInClasses.class.getModule());
  }

  private static Field handlerField(Class<?> standIn) {
    try {
      Field field = standIn.getDeclaredField(HANDLER);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object instance(Class<?> standIn, Field field, StandInHandler handler) {
    Object instance = Instances.blank(standIn);
    try {
      field.set(instance, handler);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return instance;
  }
}
