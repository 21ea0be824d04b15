package dev.farside.rsocket;

import dev.farside.Exposure;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be called of one class, by the hashes of the signatures. Where a type that a method
 * needs is missing, Java tells nothing of what the same class or interface declares; its supertypes
 * are asked all the same.
 */
final class CallableMethods {
  static final String MISSING =
      "; it may have others, which cannot be read where it is, since a class is missing there: ";

  private final Class<?> type;
  private final Map<Long, ExportedMethod> byHash = new HashMap<>();
  private final Set<String> missing = new TreeSet<>();
  private @Nullable String whyNotConstructed;

  private CallableMethods(Class<?> type) {
    this.type = type;
  }

  /** Of its instances. */
  static CallableMethods of(Class<?> type, Exposure exposure) {
    var methods = new CallableMethods(type);
    for (Class<?> callable : PublicTypes.of(type, exposure)) {
      methods.addInstanceMethods(callable, exposure);
    }
    if (exposure == Exposure.PUBLIC || !PublicTypes.of(type, exposure).isEmpty()) {
      methods.addMethodsOfAll();
    }
    return methods;
  }

  /** Of the class itself. */
  static CallableMethods ofStatics(Class<?> type) {
    var methods = new CallableMethods(type);
    boolean ofValues = PublicTypes.of(type).contains(type);
    methods
        .read(type, Class::getMethods)
        .forEach(
            method -> {
              if (Modifier.isStatic(method.getModifiers())) {
                methods.add(method);
              } else if (ofValues) {
                methods.addOnFirstArgument(method);
              }
            });
    if (Modifier.isAbstract(type.getModifiers())) {
      methods.whyNotConstructed =
          type.isInterface()
              ? " has no constructor: create a class that implements it"
              : " is abstract: create a class that extends it";
    } else {
      methods.<Constructor<?>>read(type, Class::getConstructors).forEach(methods::add);
    }
    return methods;
  }

  Map<Long, ExportedMethod> byHash() {
    return byHash;
  }

  /** Of what is abstract, the end of a sentence that begins with it; else null. */
  @Nullable String whyNotConstructed() {
    return whyNotConstructed;
  }

  /** What could not be read, as the end of a sentence that tells the others; else empty. */
  String missing() {
    return missing.isEmpty() ? "" : MISSING + String.join(", ", missing);
  }

  private void addInstanceMethods(Class<?> callable, Exposure exposure) {
    Stream<Method> methods =
        exposure == Exposure.PUBLIC
            ? read(callable, Class::getMethods)
                .filter(method -> method.getDeclaringClass() != Object.class)
            : read(callable, Class::getDeclaredMethods)
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !Bridges.leadsToInherited(method))
                .flatMap(method -> Stream.concat(Stream.of(method), overriding(method)));
    methods.filter(method -> !Modifier.isStatic(method.getModifiers())).forEach(this::add);
  }

  /**
   * The class's own method, with other parameter types, to which its bridge leads from one that has
   * type variables among them.
   */
  private Stream<Method> overriding(Method method) {
    try {
      Class<?>[] parameters = TypeArguments.of(type).parameters(method);
      return Arrays.equals(parameters, method.getParameterTypes())
          ? Stream.of()
          : Stream.of(type.getMethod(method.getName(), parameters));
    } catch (NoSuchMethodException | TypeNotPresentException | LinkageError e) {
      return Stream.of(); // it has only the bridge
    }
  }

  /** What every object has. */
  private void addMethodsOfAll() {
    for (Method method : Object.class.getMethods()) {
      if (!Modifier.isFinal(method.getModifiers())) {
        add(method);
      }
    }
  }

  private <E> Stream<E> read(Class<?> from, Function<Class<?>, E[]> reflection) {
    try {
      return Arrays.stream(reflection.apply(from));
    } catch (LinkageError e) {
      missing.add(MissingTypes.name(e));
      return Stream.of();
    }
  }

  private void add(Executable executable) {
    String signature = Signatures.of(executable);
    long hash = Signatures.hash(signature);
    if (!byHash.containsKey(hash)
        && !NeverCalled.isOne(signature)
        && executable.trySetAccessible()) {
      byHash.put(hash, exported(executable));
    }
  }

  private void addOnFirstArgument(Method method) {
    if (!NeverCalled.isOne(Signatures.of(method)) && method.trySetAccessible()) {
      ExportedMethod exported =
          ExportedMethod.onFirstArgument(
              type, method, Declarations.of(implementation(method), List.of(type)));
      byHash.putIfAbsent(Signatures.hash(exported.signature()), exported);
    }
  }

  private ExportedMethod exported(Executable executable) {
    if (!(executable instanceof Method method)) {
      return ExportedMethod.of(executable, type, null);
    }
    Method implementation = implementation(method);
    return ExportedMethod.of(
        method, implementation.getReturnType(), Declarations.of(implementation, List.of(type)));
  }

  /** The method as the class itself declares it: its result type is the most specific. */
  private Method implementation(Method method) {
    try {
      return type.getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException | LinkageError e) {
      return method; // it has it from a type that can be read
    }
  }
}
