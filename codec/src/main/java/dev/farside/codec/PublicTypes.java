package dev.farside.codec;

import dev.farside.Exposure;
import dev.farside.Remotable;
import dev.farside.spi.StandIn;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types through which an object may be called: the public classes and interfaces of its class,
 * the most specific class first. Interfaces that are not public count where Java lets us call them,
 * since all their methods are public. What must never be called from outside has none.
 */
public final class PublicTypes {
  /**
   * Power over the virtual machine, not data: these and their subclasses are opaque. So is what
   * reads objects of any class from bytes that it is given, or from a server that it is named.
   */
  private static final List<Class<?>> DENIED =
      List.of(
          ClassLoader.class,
          Thread.class,
          ThreadGroup.class,
          ThreadLocal.class,
          Process.class,
          ProcessHandle.class,
          ProcessBuilder.class,
          Runtime.class,
          System.class,
          Module.class,
          ModuleLayer.class,
          ModuleLayer.Controller.class,
          StackWalker.class,
          java.lang.reflect.AnnotatedElement.class,
          java.lang.reflect.InvocationHandler.class,
          java.lang.invoke.MethodHandle.class,
          MethodHandles.class,
          MethodHandles.Lookup.class,
          java.lang.invoke.MethodHandleProxies.class,
          java.lang.invoke.VarHandle.class,
          java.lang.invoke.CallSite.class,
          java.security.ProtectionDomain.class,
          java.io.ObjectInputStream.class,
          java.io.ObjectInputFilter.Config.class,
          java.security.SignedObject.class);

  /** The same, by name: their module may be missing, or this one shall not need them. */
  private static final Set<String> DENIED_NAMES =
      Set.of(
          "java.beans.Beans", // reads objects from resources
          "java.beans.Statement", // calls whatever it names
          "java.beans.XMLDecoder", // so does this
          "java.lang.instrument.Instrumentation",
          "java.rmi.MarshalledObject",
          "java.rmi.Naming",
          "java.rmi.registry.LocateRegistry",
          "javax.crypto.SealedObject",
          "javax.management.MBeanServerConnection", // deserializes, and loads classes
          "javax.management.remote.JMXConnector",
          "javax.management.remote.JMXConnectorFactory",
          "javax.naming.InitialContext",
          "javax.naming.spi.NamingManager",
          "sun.misc.Unsafe");

  private static final ClassValue<List<Class<?>>> TYPES =
      new ClassValue<>() {
        @Override
        protected List<Class<?>> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private static final ClassValue<List<Class<?>>> MARKED =
      new ClassValue<>() {
        @Override
        protected List<Class<?>> computeValue(Class<?> type) {
          return of(type).stream().filter(t -> t.isAnnotationPresent(Remotable.class)).toList();
        }
      };

  private PublicTypes() {}

  /** The types of instances of this class; empty if nothing of them may be called. */
  public static List<Class<?>> of(Class<?> type) {
    return TYPES.get(type);
  }

  /** Those of the types of instances of this class that are exposed. */
  public static List<Class<?>> of(Class<?> type, Exposure exposure) {
    return exposure == Exposure.PUBLIC ? of(type) : MARKED.get(type);
  }

  /** Whether nothing of this class may be called, whatever it inherits. */
  public static boolean isDenied(Class<?> type) {
    return DENIED.stream().anyMatch(denied -> denied.isAssignableFrom(type))
        || isDeniedByName(type);
  }

  private static boolean isDeniedByName(@Nullable Class<?> type) {
    return type != null
        && (DENIED_NAMES.contains(type.getName())
            || isDeniedByName(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(PublicTypes::isDeniedByName));
  }

  private static List<Class<?>> find(Class<?> type) {
    if (isDenied(type)) {
      return List.of();
    }
    Set<Class<?>> classes = new LinkedHashSet<>();
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (@Nullable Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (!c.isInterface() && isPublic(c) && c != Proxy.class && !Proxy.isProxyClass(c)) {
        classes.add(c);
      }
      addInterfaces(c, interfaces);
    }
    var types = new ArrayList<>(classes);
    types.addAll(interfaces);
    return List.copyOf(types);
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> into) {
    if (type.isInterface() && type != StandIn.class && isCallable(type)) {
      into.add(type);
    }
    for (Class<?> parent : type.getInterfaces()) {
      addInterfaces(parent, into);
    }
  }

  private static boolean isCallable(Class<?> type) {
    return isPublic(type)
        || type.getModule().isOpen(type.getPackageName(), PublicTypes.class.getModule());
  }

  private static boolean isPublic(Class<?> type) {
    try {
      return isPublicWithin(type);
    } catch (LinkageError e) {
      return false; // its enclosing class is missing, or of another loader, and knows another one
    }
  }

  private static boolean isPublicWithin(Class<?> type) {
    for (@Nullable Class<?> c = type; c != null; c = c.getEnclosingClass()) {
      if (!Modifier.isPublic(c.getModifiers())) {
        return false;
      }
    }
    return !type.isHidden()
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && type.getModule().isExported(type.getPackageName(), PublicTypes.class.getModule());
  }
}
