package dev.farside.rsocket;

import static net.bytebuddy.matcher.ElementMatchers.isFinalizer;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.isVirtual;
import static net.bytebuddy.matcher.ElementMatchers.not;

import dev.farside.codec.Instances;
import dev.farside.spi.StandIn;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
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
 * Stand-ins that are instances of a subclass, made at run time, of which no constructor has run.
 * All public methods that can be overridden are. The one class that knows Byte Buddy.
 */
final class ClassStandIns {
  private static final String HANDLER = "farside$handler";
  private static final String OWN_PACKAGE = "dev.farside.standin.";
  private static final AtomicLong LAST_NUMBER = new AtomicLong();

  private ClassStandIns() {}

  /** Why there can be no subclass of a class that is neither final nor sealed, or null. */
  static @Nullable String whyNot(Class<?> type) {
    return Modifier.isPublic(type.getModifiers()) || isOpen(type)
        ? null
        : "it is not public and its module is not open to Farside";
  }

  /** The class of stand-ins for a class, the first of these types, and interfaces. */
  static StandInType type(List<Class<?>> types) {
    Class<?> standIn = define(types.get(0), interfaces(types));
    Field handler = handlerField(standIn);
    return new StandInType(types, h -> instance(standIn, handler, h));
  }

  private static List<Class<?>> interfaces(List<Class<?>> types) {
    var interfaces = new ArrayList<Class<?>>();
    for (Class<?> type : types) {
      if (type.isInterface() && !type.isAssignableFrom(types.get(0))) {
        interfaces.add(type);
      }
    }
    return interfaces;
  }

  private static Class<?> define(Class<?> superclass, List<Class<?>> interfaces) {
    var all = new ArrayList<>(interfaces);
    all.add(superclass);
    all.add(StandIn.class);
    @Nullable ClassLoader loader = superclass.getClassLoader();
    boolean inside =
        loader != null && isOpen(superclass) && all.stream().allMatch(t -> Loaders.sees(loader, t));
    String number = "$Farside" + LAST_NUMBER.incrementAndGet();
    if (inside) {
      return load(
          subclass(superclass, interfaces, superclass.getName() + number),
          loader,
          lookup(superclass));
    }
    List<Class<?>> seen = all.stream().filter(t -> t.getClassLoader() != null).toList();
    ClassLoader parents =
        new MultipleParentClassLoader.Builder(false)
            .append(StandIn.class)
            .append(seen.toArray(Class<?>[]::new))
            .build();
    return load(
        subclass(superclass, interfaces, OWN_PACKAGE + superclass.getSimpleName() + number),
        parents,
        ClassLoadingStrategy.Default.WRAPPER);
  }

  private static DynamicType.Unloaded<?> subclass(
      Class<?> superclass, List<Class<?>> interfaces, String name) {
    return new ByteBuddy(ClassFileVersion.JAVA_V17)
        .with(TypeValidation.DISABLED)
        .subclass(superclass, ConstructorStrategy.Default.NO_CONSTRUCTORS)
        .name(name)
        .modifiers(SyntheticState.SYNTHETIC, Visibility.PACKAGE_PRIVATE)
        .implement(interfaces)
        .defineField(HANDLER, InvocationHandler.class, Visibility.PUBLIC)
        .method(isPublic().and(isVirtual()).and(not(isStatic())))
        .intercept(InvocationHandlerAdapter.toField(HANDLER))
        .method(isFinalizer())
        .intercept(StubMethod.INSTANCE)
        .implement(StandIn.class)
        .intercept(FieldAccessor.ofField(HANDLER))
        .make();
  }

  private static Class<?> load(
      DynamicType.Unloaded<?> made,
      ClassLoader loader,
      ClassLoadingStrategy<? super ClassLoader> strategy) {
    return made.load(loader, strategy).getLoaded();
  }

  private static ClassLoadingStrategy<ClassLoader> lookup(Class<?> neighbour) {
    try {
      return ClassLoadingStrategy.UsingLookup.of(
          MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The package of " + neighbour + " is open, but not to us", e);
    }
  }

  private static boolean isOpen(Class<?> type) {
    return type.getModule().isOpen(type.getPackageName(), ClassStandIns.class.getModule());
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
