package dev.farside.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read what a class of exceptions keeps in fields that only its constructor can set, and how
 * to make an instance with it: the accessors, in the order of a constructor's parameters.
 */
final class ConstructorState {
  private static final String MESSAGE = "getMessage";

  private final Class<?> type;
  private final List<Method> accessors;
  private final Constructor<?> constructor;

  private ConstructorState(Class<?> type, List<Method> accessors, Constructor<?> constructor) {
    this.type = type;
    this.accessors = accessors;
    this.constructor = constructor;
  }

  /** The state of a class with these accessors; null if its constructor does not take them. */
  static @Nullable ConstructorState of(Class<?> type, String... names) {
    var accessors = new ArrayList<Method>();
    for (String name : names) {
      try {
        accessors.add(type.getMethod(name));
      } catch (NoSuchMethodException e) {
        return null;
      }
    }
    return Arrays.stream(type.getConstructors())
        .filter(constructor -> takes(constructor, accessors))
        .findFirst()
        .map(constructor -> new ConstructorState(type, List.copyOf(accessors), constructor))
        .orElse(null);
  }

  private static boolean takes(Constructor<?> constructor, List<Method> accessors) {
    Class<?>[] parameters = constructor.getParameterTypes();
    if (parameters.length != accessors.size()) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!parameters[i].isAssignableFrom(accessors.get(i).getReturnType())) {
        return false;
      }
    }
    return true;
  }

  /** The same for a subclass, of which no constructor is to run. */
  ConstructorState in(Class<?> subclass) {
    return subclass == type
        ? this
        : new ConstructorState(subclass, accessors, Instances.constructor(subclass, constructor));
  }

  int size() {
    return accessors.size();
  }

  /** Which argument is the message that {@link Throwable} keeps; negative if none. */
  int message() {
    for (int i = 0; i < accessors.size(); i++) {
      if (accessors.get(i).getName().equals(MESSAGE)) {
        return i;
      }
    }
    return -1;
  }

  /** The arguments that made this exception; null if it does not tell them. */
  @Nullable Object @Nullable [] read(Throwable throwable) {
    @Nullable Object[] arguments = new Object[size()];
    try {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = accessors.get(i).invoke(throwable);
      }
      return arguments;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }

  /** An exception made of these arguments; null if the constructor refuses them. */
  @Nullable Throwable create(@Nullable Object[] arguments) {
    try {
      return (Throwable) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    Type[] parameters = constructor.getParameterTypes();
    return type.getName() + Arrays.toString(parameters);
  }
}
