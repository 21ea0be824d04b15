package dev.farside.codec;

import dev.farside.Exposure;
import dev.farside.Prefetch;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of the objects of a class with their references: the public final fields of
 * its public classes, which no method call could tell, and the getters that are marked {@link
 * Prefetch}. Parsed once for each class; immutable.
 */
final class Descriptions {
  /** The key of what is passed over: no class has such a member. */
  static final String NOTHING = "";

  private static final String CALL = "()";

  private static final ClassValue<Descriptions> OF = under(Exposure.PUBLIC);
  private static final ClassValue<Descriptions> MARKED = under(Exposure.ANNOTATED);

  private static ClassValue<Descriptions> under(Exposure exposure) {
    return new ClassValue<>() {
      @Override
      protected Descriptions computeValue(Class<?> type) {
        List<Class<?>> types = PublicTypes.of(type, exposure);
        return new Descriptions(fields(types), getters(types));
      }
    };
  }

  private final List<Field> fields;
  private final Collection<Getter> getters;

  /** One thing to tell, and how it is passed. */
  record Part(String key, String name, @Nullable Object value, PassMode mode) {}

  private record Getter(Method method, PassMode mode) {}

  private Descriptions(List<Field> fields, Collection<Getter> getters) {
    this.fields = fields;
    this.getters = getters;
  }

  static Descriptions of(Class<?> type, Exposure exposure) {
    return (exposure == Exposure.PUBLIC ? OF : MARKED).get(type);
  }

  private static List<Field> fields(List<Class<?>> types) {
    return types.stream()
        .filter(declaring -> !declaring.isInterface())
        .flatMap(declaring -> read(declaring, Class::getDeclaredFields))
        .filter(Descriptions::isConstant)
        .filter(Field::trySetAccessible)
        .toList();
  }

  /** Nothing, if a class that the members need is missing: Java does not tell the others then. */
  private static <M> Stream<M> read(Class<?> declaring, Function<Class<?>, M[]> reflection) {
    try {
      return Arrays.stream(reflection.apply(declaring));
    } catch (LinkageError e) {
      return Stream.of();
    }
  }

  private static boolean isConstant(Field field) {
    int modifiers = field.getModifiers();
    return Modifier.isPublic(modifiers)
        && Modifier.isFinal(modifiers)
        && !Modifier.isStatic(modifiers);
  }

  /** One for each name. */
  private static Collection<Getter> getters(List<Class<?>> types) {
    List<Method> all =
        types.stream()
            .flatMap(declaring -> read(declaring, Class::getDeclaredMethods))
            .filter(Descriptions::isGetter)
            .toList();
    var getters = new LinkedHashMap<String, Getter>();
    for (Method method : all) {
      String name = method.getName();
      if (method.isAnnotationPresent(Prefetch.class) && method.trySetAccessible()) {
        getters.computeIfAbsent(name, n -> new Getter(method, mode(name, all)));
      }
    }
    return List.copyOf(getters.values());
  }

  /** As the first of its declarations asks that does. */
  private static PassMode mode(String name, List<Method> getters) {
    return getters.stream()
        .filter(getter -> getter.getName().equals(name))
        .map(PassMode::markOf)
        .filter(mark -> mark != PassMode.BY_CLASS)
        .findFirst()
        .orElse(PassMode.BY_CLASS);
  }

  private static boolean isGetter(Method method) {
    return method.getParameterCount() == 0
        && method.getReturnType() != void.class
        && Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers());
  }

  boolean isEmpty() {
    return fields.isEmpty() && getters.isEmpty();
  }

  /** What is to be told of an object now. */
  List<Part> parts(Object object) {
    return Stream.concat(
            fields.stream()
                .map(
                    field ->
                        new Part(
                            ObjectFields.key(field),
                            field.getName(),
                            get(field, object),
                            PassMode.BY_CLASS)),
            getters.stream().flatMap(getter -> result(getter, object)))
        .toList();
  }

  private static @Nullable Object get(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new PassingFailure("the field " + ObjectFields.key(field) + " cannot be read", e);
    }
  }

  private static Stream<Part> result(Getter getter, Object object) {
    Method method = getter.method;
    String name = method.getName() + CALL;
    String key = method.getDeclaringClass().getName() + "." + name;
    try {
      return Stream.of(new Part(key, name, method.invoke(object), getter.mode));
    } catch (InvocationTargetException e) {
      return Stream.of(); // whoever calls it, gets the exception
    } catch (IllegalAccessException e) {
      throw new PassingFailure("the method " + method + " cannot be called", e);
    }
  }

  /**
   * Reads {@code count} keys and values. What this side does not have, or cannot hold, is passed
   * over: a field of another version, or a reference where the field's class is final.
   */
  static Description read(int count, ValueReader in) {
    var held = new HashMap<Field, Object>();
    var results = new HashMap<String, @Nullable Object>();
    for (int i = 0; i < count; i++) {
      String key = in.type();
      String name = key.substring(key.lastIndexOf('.') + 1);
      if (name.endsWith(CALL)) {
        String method = name.substring(0, name.length() - CALL.length());
        results.put(method, in.value(name, Object.class));
        continue;
      }
      @Nullable Field field = key.equals(NOTHING) ? null : find(key, in.typeNames());
      @Nullable Object value = in.value(name, field == null ? Object.class : field.getType());
      if (field != null && boxed(field.getType()).isInstance(value)) {
        held.put(field, value);
      }
    }
    return new Description(held, results);
  }

  private static @Nullable Field find(String key, TypeNames types) {
    @Nullable Class<?> declaring = types.find(key.substring(0, Math.max(0, key.lastIndexOf('.'))));
    if (declaring == null) {
      return null;
    }
    for (Field field : OF.get(declaring).fields) {
      if (ObjectFields.key(field).equals(key)) {
        return field;
      }
    }
    return null;
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}
