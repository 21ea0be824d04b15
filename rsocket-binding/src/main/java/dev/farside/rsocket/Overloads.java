package dev.farside.rsocket;

import dev.farside.NoSuchRemoteMethodException;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among methods of one name by the arguments, as a compiler would that takes every box for
 * its primitive: by subtypes at first, then with boxing, at last with variable arity; of several
 * that take the arguments the most specific one.
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
    for (Fit fit : Fit.values()) {
      List<ExportedMethod> fitting =
          named.stream().filter(m -> takes(m.parameterTypes(), arguments, fit)).toList();
      if (!fitting.isEmpty()) {
        ExportedMethod best = mostSpecific(fitting, name, arguments, Overloads::parameter, fit);
        return Choice.of(best, arguments);
      }
    }
    for (Fit fit : List.of(Fit.LOOSE, Fit.BY_FACE)) {
      List<ExportedMethod> fitting =
          named.stream().filter(m -> m.isVarArgs() && takesSpread(m, arguments, fit)).toList();
      if (!fitting.isEmpty()) {
        ExportedMethod best = mostSpecific(fitting, name, arguments, Overloads::element, fit);
        return Choice.of(best, spread(best, arguments));
      }
    }
    if (named.isEmpty()) {
      NeverCalled.refuse(name);
    }
    throw type.noSuchMethod(name + types(arguments));
  }

  private static boolean takes(Class<?>[] parameters, @Nullable Object[] arguments, Fit fit) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!fit.takes(parameters[i], arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean takesSpread(ExportedMethod method, @Nullable Object[] arguments, Fit fit) {
    if (arguments.length < method.parameterTypes().length - 1) {
      return false;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (!fit.takes(element(method, i), arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Class<?> parameter(ExportedMethod method, int index) {
    return method.parameterTypes()[index];
  }

  /** The type of an argument where the last ones are elements of an array. */
  private static Class<?> element(ExportedMethod method, int index) {
    Class<?>[] parameters = method.parameterTypes();
    int last = parameters.length - 1;
    return index < last ? parameters[index] : parameters[last].getComponentType();
  }

  private static ExportedMethod mostSpecific(
      List<ExportedMethod> fitting,
      String name,
      @Nullable Object[] arguments,
      BiFunction<ExportedMethod, Integer, Class<?>> types,
      Fit fit) {
    List<ExportedMethod> best =
        fitting.stream()
            .filter(m -> fitting.stream().allMatch(o -> isAsSpecific(m, o, arguments, types, fit)))
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

  /** Of methods of variable arity, one more type than there are arguments may decide. */
  private static boolean isAsSpecific(
      ExportedMethod one,
      ExportedMethod other,
      @Nullable Object[] arguments,
      BiFunction<ExportedMethod, Integer, Class<?>> types,
      Fit fit) {
    int longest = Math.max(one.parameterTypes().length, other.parameterTypes().length);
    for (int i = 0; i < Math.max(longest, arguments.length); i++) {
      if (!fit.isAsSpecific(types.apply(one, i), types.apply(other, i))) {
        return false;
      }
    }
    return true;
  }

  /** The arguments with the last ones in an array. */
  private static @Nullable Object[] spread(ExportedMethod method, @Nullable Object[] arguments) {
    Class<?>[] parameters = method.parameterTypes();
    int fixed = parameters.length - 1;
    Class<?> component = parameters[fixed].getComponentType();
    Object rest = Array.newInstance(component, arguments.length - fixed);
    for (int i = fixed; i < arguments.length; i++) {
      Array.set(rest, i - fixed, Conversions.argument("args[" + i + "]", arguments[i], component));
    }
    @Nullable Object[] spread = Arrays.copyOf(arguments, parameters.length);
    spread[fixed] = rest;
    return spread;
  }

  private static String types(@Nullable Object[] arguments) {
    return Arrays.stream(arguments)
        .map(a -> a == null ? "null" : a.getClass().getTypeName())
        .collect(Collectors.joining(",", "(", ")"));
  }
}
