package dev.farside.rsocket;

import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What an argument may be to be taken for a parameter of some type: the phases of JLS 15.12.2, in
 * their order. A box counts as its primitive.
 */
enum Fit {
  /** Of a subtype, or of a primitive that widens. */
  STRICT {
    @Override
    boolean takes(Class<?> parameter, @Nullable Object argument) {
      if (argument == null) {
        return !parameter.isPrimitive();
      }
      return parameter.isPrimitive()
          ? widens(argument.getClass(), parameter)
          : !isBox(argument.getClass()) && parameter.isInstance(argument);
    }

    @Override
    boolean isAsSpecific(Class<?> one, Class<?> other) {
      return isSubtype(one, other);
    }
  },
  /** Boxed, too. */
  LOOSE {
    @Override
    boolean takes(Class<?> parameter, @Nullable Object argument) {
      return STRICT.takes(parameter, argument) || parameter.isInstance(argument);
    }

    @Override
    boolean isAsSpecific(Class<?> one, Class<?> other) {
      return one.isPrimitive() == other.isPrimitive()
          ? isSubtype(one, other)
          : isSubtype(one.isPrimitive() ? Numbers.boxed(one) : unboxed(one), other);
    }
  },
  /** For any interface, any stand-in: it can have another face. */
  BY_FACE {
    @Override
    boolean takes(Class<?> parameter, @Nullable Object argument) {
      return LOOSE.takes(parameter, argument)
          || (parameter.isInterface() && StandIns.remoteOf(argument) != null);
    }

    @Override
    boolean isAsSpecific(Class<?> one, Class<?> other) {
      return LOOSE.isAsSpecific(one, other);
    }
  };

  /** Whether a parameter of this type takes an argument. */
  abstract boolean takes(Class<?> parameter, @Nullable Object argument);

  /** Whether a parameter of the one type is as specific as one of the other. */
  abstract boolean isAsSpecific(Class<?> one, Class<?> other);

  private static boolean isSubtype(Class<?> one, Class<?> other) {
    return other.isAssignableFrom(one)
        || (one.isPrimitive() && other.isPrimitive() && widens(Numbers.boxed(one), other));
  }

  private static boolean widens(Class<?> box, Class<?> primitive) {
    Class<?> wanted = Numbers.boxed(primitive);
    return box == wanted || Numbers.widens(box, wanted);
  }

  private static boolean isBox(Class<?> type) {
    return unboxed(type) != type;
  }

  private static Class<?> unboxed(Class<?> type) {
    return MethodType.methodType(type).unwrap().returnType();
  }
}
