package dev.farside.rsocket;

import dev.farside.codec.PassMode;
import dev.farside.codec.Signatures;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A method or constructor of ours that a peer may call: how to invoke it, and what is to do with
 * its result. Parsed once.
 */
final class ExportedMethod {
  private final Executable executable;
  private final String signature;
  private final Class<?>[] parameterTypes;
  private final boolean reactive;
  private final boolean later;
  private final PassMode resultMode;

  /**
   * A method.
   *
   * @param executable what is invoked: declared by a type that we may call
   * @param implementation the same method as the object's class declares it
   * @param resultMode how its result is asked to be passed
   */
  ExportedMethod(Executable executable, Executable implementation, PassMode resultMode) {
    this.executable = executable;
    this.signature = Signatures.of(executable);
    this.parameterTypes = executable.getParameterTypes();
    this.reactive = implementation instanceof Method m && isReactive(m.getReturnType());
    this.later =
        reactive || (implementation instanceof Method m && m.getReturnType() == Future.class);
    this.resultMode = resultMode;
  }

  String signature() {
    return signature;
  }

  /** Its name in signatures: {@code <init>} for a constructor. */
  String name() {
    return signature.substring(0, signature.indexOf('('));
  }

  Class<?>[] parameterTypes() {
    return parameterTypes;
  }

  boolean isVarArgs() {
    return executable.isVarArgs();
  }

  /** Whether the implementation promises by its result type not to block. */
  boolean isReactive() {
    return reactive;
  }

  /** Whether its result type says that the result comes later. */
  boolean promisesLater() {
    return later;
  }

  /** How the implementation asks for its result to be passed. */
  PassMode resultMode() {
    return resultMode;
  }

  /** Invokes it; whatever it throws comes out as it is. */
  @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
    try {
      return executable instanceof Method method
          ? method.invoke(target, arguments)
          : ((Constructor<?>) executable).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static boolean isReactive(Class<?> type) {
    return Publisher.class.isAssignableFrom(type)
        || CompletionStage.class.isAssignableFrom(type)
        || Flow.Publisher.class.isAssignableFrom(type);
  }
}
