package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.Exposure;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Serial;
import dev.farside.codec.PublicTypes;
import dev.farside.codec.Signatures;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a peer may call of a class of ours: of its instances the public methods of its exposed
 * types, of the class itself the public constructors and static methods, and its instance methods
 * as functions of a value. Parsed once; immutable.
 */
final class ExportedType {
  private static final int LISTED = 20;

  private static final Map<Exposure, ClassValue<ExportedType>> INSTANCES =
      Map.of(
          Exposure.PUBLIC, under(Exposure.PUBLIC), Exposure.ANNOTATED, under(Exposure.ANNOTATED));

  private static final ClassValue<ExportedType> STATICS =
      new ClassValue<>() {
        @Override
        protected ExportedType computeValue(Class<?> type) {
          return new ExportedType(
              "class " + type.getName(), "", false, staticMethods(type), Map.of());
        }
      };

  private final String name;
  private final String place;
  private final boolean serial;
  private final Map<Long, ExportedMethod> byHash;
  private final Map<Long, ExportedMethod> shortcuts;

  private ExportedType(
      String name,
      String place,
      boolean serial,
      Map<Long, ExportedMethod> byHash,
      Map<Long, ExportedMethod> shortcuts) {
    this.name = name;
    this.place = place;
    this.serial = serial;
    this.byHash = Map.copyOf(byHash);
    this.shortcuts = Map.copyOf(shortcuts);
  }

  /** All that is public of an object. */
  static ExportedType of(Object object) {
    return of(object, Exposure.PUBLIC);
  }

  /** What is exposed of an object. */
  static ExportedType of(Object object, Exposure exposure) {
    return requireNonNull(INSTANCES.get(exposure)).get(object.getClass());
  }

  private static ClassValue<ExportedType> under(Exposure exposure) {
    return new ClassValue<>() {
      @Override
      protected ExportedType computeValue(Class<?> type) {
        return new ExportedType(
            type.getName(),
            place(type, exposure),
            isSerial(type),
            exposure == Exposure.PUBLIC ? instanceMethods(type) : markedMethods(type),
            exposure == Exposure.PUBLIC ? Shortcut.of(type) : Map.of());
      }
    };
  }

  private static String place(Class<?> type, Exposure exposure) {
    if (exposure == Exposure.ANNOTATED) {
      return " in a type that is marked @Remotable";
    }
    return PublicTypes.of(type).contains(type) ? "" : " in a public type";
  }

  static ExportedType ofStatics(Class<?> type) {
    return STATICS.get(type);
  }

  /** Whether one object carries out one call at a time. */
  boolean isSerial() {
    return serial;
  }

  /** The method with this hash of its signature. */
  ExportedMethod method(long hash) {
    @Nullable ExportedMethod method = byHash.get(hash);
    if (method == null) {
      method = shortcuts.get(hash);
    }
    if (method == null) {
      NeverCalled.refuse(hash);
      throw noSuchMethod("of this signature");
    }
    return method;
  }

  /** All methods of a name. */
  List<ExportedMethod> named(String method) {
    return byHash.values().stream().filter(m -> m.name().equals(method)).toList();
  }

  NoSuchRemoteMethodException noSuchMethod(String wanted) {
    return new NoSuchRemoteMethodException(
        name + " has no public method " + wanted + place + "; it has " + callable());
  }

  private String callable() {
    List<String> signatures =
        byHash.values().stream()
            .filter(method -> !method.isOnFirstArgument())
            .map(ExportedMethod::signature)
            .sorted()
            .toList();
    if (signatures.isEmpty()) {
      return "none";
    }
    String listed = signatures.stream().limit(LISTED).collect(Collectors.joining(", "));
    int more = signatures.size() - LISTED;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }

  private static boolean isSerial(@Nullable Class<?> type) {
    return type != null
        && (type.isAnnotationPresent(Serial.class)
            || isSerial(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(ExportedType::isSerial));
  }

  private static Map<Long, ExportedMethod> instanceMethods(Class<?> type) {
    var methods = new HashMap<Long, ExportedMethod>();
    for (Class<?> publicType : PublicTypes.of(type)) {
      for (Method method : publicType.getMethods()) {
        if (!Modifier.isStatic(method.getModifiers())
            && method.getDeclaringClass() != Object.class) {
          add(type, method, methods);
        }
      }
    }
    addMethodsOfAll(type, methods);
    return methods;
  }

  private static Map<Long, ExportedMethod> markedMethods(Class<?> type) {
    var methods = new HashMap<Long, ExportedMethod>();
    for (Class<?> markedType : PublicTypes.of(type, Exposure.ANNOTATED)) {
      for (Method method : markedType.getDeclaredMethods()) {
        int modifiers = method.getModifiers();
        if (Modifier.isPublic(modifiers)
            && !Modifier.isStatic(modifiers)
            && !Bridges.leadsToInherited(method)) {
          add(type, method, methods);
        }
      }
      addMethodsOfAll(type, methods);
    }
    return methods;
  }

  /** What every object has. */
  private static void addMethodsOfAll(Class<?> type, Map<Long, ExportedMethod> into) {
    for (Method method : Object.class.getMethods()) {
      if (!Modifier.isFinal(method.getModifiers())) {
        add(type, method, into);
      }
    }
  }

  private static Map<Long, ExportedMethod> staticMethods(Class<?> type) {
    var methods = new HashMap<Long, ExportedMethod>();
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        add(type, method, methods);
      } else if (PublicTypes.of(type).contains(type)) {
        addOnFirstArgument(type, method, methods);
      }
    }
    if (!Modifier.isAbstract(type.getModifiers())) {
      for (Constructor<?> constructor : type.getConstructors()) {
        add(type, constructor, methods);
      }
    }
    return methods;
  }

  private static void add(Class<?> type, Executable executable, Map<Long, ExportedMethod> into) {
    String signature = Signatures.of(executable);
    long hash = Signatures.hash(signature);
    if (!into.containsKey(hash) && !NeverCalled.isOne(signature) && executable.trySetAccessible()) {
      into.put(hash, exported(type, executable));
    }
  }

  private static void addOnFirstArgument(
      Class<?> type, Method method, Map<Long, ExportedMethod> into) {
    if (!NeverCalled.isOne(Signatures.of(method)) && method.trySetAccessible()) {
      ExportedMethod exported =
          ExportedMethod.onFirstArgument(
              type, method, Declarations.of(implementation(type, method), List.of(type)));
      into.putIfAbsent(Signatures.hash(exported.signature()), exported);
    }
  }

  private static ExportedMethod exported(Class<?> type, Executable executable) {
    if (!(executable instanceof Method method)) {
      return ExportedMethod.of(executable, type, null);
    }
    Method implementation = implementation(type, method);
    return ExportedMethod.of(
        method, implementation.getReturnType(), Declarations.of(implementation, List.of(type)));
  }

  /** The method as the class itself declares it: its result type is the most specific. */
  private static Method implementation(Class<?> type, Method method) {
    try {
      return type.getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException e) {
      return method;
    }
  }
}
