package dev.farside.rsocket;

import dev.farside.Blocking;
import dev.farside.NonCancellable;
import dev.farside.codec.PassMode;
import dev.farside.codec.Signatures;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinTask;
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
  private final boolean cancellable;
  private final PassMode resultMode;

  /**
   * A method.
   *
   * @param executable what is invoked: declared by a type that we may call
   * @param declared all declarations of the method as the object's class has it; null for a
   *     constructor or static method
   */
  ExportedMethod(Executable executable, Class<?> resultType, @Nullable Declarations declared) {
    this.executable = executable;
    this.signature = Signatures.of(executable);
    this.parameterTypes = executable.getParameterTypes();
    boolean reactiveResult = isReactive(resultType);
    this.reactive = reactiveResult && !(declared != null && declared.isMarked(Blocking.class));
    this.later = reactiveResult || resultType == Future.class || resultType == ForkJoinTask.class;
    this.cancellable = declared == null || !declared.isMarked(NonCancellable.class);
    this.resultMode = declared == null ? PassMode.BY_CLASS : declared.result();
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

  /** Whether it ends early when its caller gives it up. */
  boolean isCancellable() {
    return cancellable;
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
