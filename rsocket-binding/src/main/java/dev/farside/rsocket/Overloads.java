package dev.farside.rsocket;

import dev.farside.NoSuchRemoteMethodException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among methods of one name by the arguments, as a compiler would: first without, then with
 * variable arity; of several that take the arguments the most specific one.
 */
final class Overloads {
  /** A method with the arguments in the form in which it takes them. */
  static final class Choice {
    private final ExportedMethod method;
    private final @Nullable Object[] arguments;

    private Choice(ExportedMethod method, @Nullable Object[] arguments) {
      this.method = method;
      this.arguments = arguments;
    }

    static Choice of(ExportedMethod method, @Nullable Object[] arguments) {
      return new Choice(method, arguments);
    }

    ExportedMethod method() {
      return method;
    }

    @Nullable Object[] arguments() {
      return arguments;
    }
  }

  private Overloads() {}

  /** The one that takes these arguments; fails in words if none or several do. */
  static Choice choose(ExportedType type, String name, @Nullable Object[] arguments) {
    List<ExportedMethod> named = type.named(name);
    List<ExportedMethod> fitting = new ArrayList<>();
    for (ExportedMethod method : named) {
      if (takes(method.parameterTypes(), arguments)) {
        fitting.add(method);
      }
    }
    if (!fitting.isEmpty()) {
      return Choice.of(mostSpecific(fitting, name, arguments), arguments);
    }
    for (ExportedMethod method : named) {
      @Nullable Object[] spread = method.isVarArgs() ? spread(method, arguments) : null;
      if (spread != null) {
        return Choice.of(method, spread);
      }
    }
    throw type.noSuchMethod(name + types(arguments));
  }

  private static boolean takes(Class<?>[] parameters, @Nullable Object[] arguments) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!takes(parameters[i], arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(Class<?> parameter, @Nullable Object argument) {
    if (argument == null) {
      return !parameter.isPrimitive();
    }
    if (Numbers.boxed(parameter).isInstance(argument)) {
      return true;
    }
    if (parameter.isPrimitive()) {
      return Numbers.widens(argument.getClass(), Numbers.boxed(parameter));
    }
    return parameter.isInterface() && StandIns.remoteOf(argument) != null;
  }

  private static ExportedMethod mostSpecific(
      List<ExportedMethod> fitting, String name, @Nullable Object[] arguments) {
    List<ExportedMethod> best =
        fitting.stream()
            .filter(m -> fitting.stream().allMatch(other -> isAsSpecific(m, other)))
            .toList();
    if (best.size() != 1) {
      throw new NoSuchRemoteMethodException(
          name
              + types(arguments)
              + " is ambiguous among "
              + fitting.stream()
                  .map(ExportedMethod::signature)
                  .sorted()
                  .collect(Collectors.joining(", "))
              + "; call it through a face");
    }
    return best.get(0);
  }

  private static boolean isAsSpecific(ExportedMethod one, ExportedMethod other) {
    Class<?>[] ours = one.parameterTypes();
    Class<?>[] theirs = other.parameterTypes();
    for (int i = 0; i < ours.length; i++) {
      boolean assignable = theirs[i].isAssignableFrom(ours[i]);
      boolean widening =
          ours[i].isPrimitive()
              && (!theirs[i].isPrimitive()
                  || Numbers.widens(Numbers.boxed(ours[i]), Numbers.boxed(theirs[i])));
      if (!assignable && !widening) {
        return false;
      }
    }
    return true;
  }

  /** The arguments with the last ones in an array, or null if they do not fit. */
  private static @Nullable Object @Nullable [] spread(
      ExportedMethod method, @Nullable Object[] arguments) {
    Class<?>[] parameters = method.parameterTypes();
    int fixed = parameters.length - 1;
    if (arguments.length < fixed) {
      return null;
    }
    Class<?> component = parameters[fixed].getComponentType();
    Object rest = Array.newInstance(component, arguments.length - fixed);
    @Nullable Object[] spread = Arrays.copyOf(arguments, parameters.length);
    for (int i = 0; i < arguments.length; i++) {
      if (!takes(i < fixed ? parameters[i] : component, arguments[i])) {
        return null;
      }
      if (i >= fixed) {
        Array.set(rest, i - fixed, arguments[i]);
      }
    }
    spread[fixed] = rest;
    return spread;
  }

  private static String types(@Nullable Object[] arguments) {
    return Arrays.stream(arguments)
        .map(a -> a == null ? "null" : a.getClass().getTypeName())
        .collect(Collectors.joining(",", "(", ")"));
  }
}
