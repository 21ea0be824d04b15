package dev.farside.rsocket;

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
 * What a peer may call of a class of ours: of its instances the public methods of its public types,
 * of the class itself the public constructors and static methods, and its instance methods as
 * functions of a value. Parsed once; immutable.
 */
final class ExportedType {
  private static final int LISTED = 20;

  private static final ClassValue<ExportedType> INSTANCES =
      new ClassValue<>() {
        @Override
        protected ExportedType computeValue(Class<?> type) {
          return new ExportedType(
              type.getName(),
              PublicTypes.of(type).contains(type),
              isSerial(type),
              instanceMethods(type));
        }
      };

  private static final ClassValue<ExportedType> STATICS =
      new ClassValue<>() {
        @Override
        protected ExportedType computeValue(Class<?> type) {
          return new ExportedType("class " + type.getName(), true, false, staticMethods(type));
        }
      };

  private final String name;
  private final boolean isPublic;
  private final boolean serial;
  private final Map<Long, ExportedMethod> byHash;

  private ExportedType(
      String name, boolean isPublic, boolean serial, Map<Long, ExportedMethod> byHash) {
    this.name = name;
    this.isPublic = isPublic;
    this.serial = serial;
    this.byHash = Map.copyOf(byHash);
  }

  static ExportedType of(Object object) {
    return INSTANCES.get(object.getClass());
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
        name
            + " has no public method "
            + wanted
            + (isPublic ? "" : " in a public type")
            + "; it has "
            + callable());
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
    for (Method method : Object.class.getMethods()) {
      if (!Modifier.isFinal(method.getModifiers())) {
        add(type, method, methods);
      }
    }
    return methods;
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
    long hash = Signatures.hash(Signatures.of(executable));
    if (!into.containsKey(hash) && executable.trySetAccessible()) {
      into.put(hash, exported(type, executable));
    }
  }

  private static void addOnFirstArgument(
      Class<?> type, Method method, Map<Long, ExportedMethod> into) {
    boolean ofObject = method.getDeclaringClass() == Object.class;
    if (!(ofObject && Modifier.isFinal(method.getModifiers())) && method.trySetAccessible()) {
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
