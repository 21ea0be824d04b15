package dev.farside.rsocket;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the type variables of its supertypes stand for in one class. */
final class TypeArguments {
  private final Map<TypeVariable<?>, Type> arguments = new HashMap<>();

  private TypeArguments() {}

  /** As a class gives them to all its supertypes. */
  static TypeArguments of(Class<?> type) {
    var found = new TypeArguments();
    found.collect(type);
    return found;
  }

  private void collect(Class<?> type) {
    @Nullable Type superclass = type.getGenericSuperclass();
    if (superclass != null) {
      add(superclass);
    }
    Stream.of(type.getGenericInterfaces()).forEach(this::add);
  }

  private void add(Type supertype) {
    if (supertype instanceof ParameterizedType parameterized) {
      TypeVariable<?>[] variables = erasure(parameterized).getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        arguments.put(variables[i], parameterized.getActualTypeArguments()[i]);
      }
    }
    collect(erasure(supertype));
  }

  /** The parameter types of the method of the class that overrides this one of a supertype. */
  Class<?>[] parameters(Method method) {
    return Stream.of(method.getGenericParameterTypes()).map(this::erasure).toArray(Class<?>[]::new);
  }

  private Class<?> erasure(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(erasure(array.getGenericComponentType()), 0).getClass();
    }
    TypeVariable<?> variable = (TypeVariable<?>) type; // no parameter is a wildcard
    @Nullable Type argument = arguments.get(variable);
    return erasure(argument != null ? argument : variable.getBounds()[0]);
  }
}
