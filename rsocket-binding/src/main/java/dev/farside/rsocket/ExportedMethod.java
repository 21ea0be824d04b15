package dev.farside.rsocket;

import dev.farside.Blocking;
import dev.farside.NonCancellable;
import dev.farside.NotAllowedException;
import dev.farside.codec.PassMode;
import dev.farside.codec.PassingRules;
import dev.farside.codec.Signatures;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A method or constructor of ours that a peer may call: how to invoke it, and what is to do with
 * its result. Parsed once.
 */
final class ExportedMethod {
  private final Executable executable;
  private final String signature;
  private final boolean onFirstArgument;
  private final Class<?>[] parameterTypes;
  private final boolean reactive;
  private final boolean later;
  private final boolean cancellable;
  private final boolean unlock;
  private final PassMode resultMode;

  private ExportedMethod(
      Executable executable,
      String signature,
      Class<?>[] parameterTypes,
      Class<?> resultType,
      @Nullable Declarations declared) {
    this.executable = executable;
    this.signature = signature;
    this.onFirstArgument = Signatures.isOnFirstArgument(signature);
    this.parameterTypes = parameterTypes;
    boolean reactiveResult = isReactive(resultType);
    this.reactive = reactiveResult && !(declared != null && declared.isMarked(Blocking.class));
    this.later = reactiveResult || resultType == Future.class || resultType == ForkJoinTask.class;
    this.unlock = declared != null && declared.isUnlock();
    this.cancellable = declared == null || !declared.isMarked(NonCancellable.class);
    this.resultMode = declared == null ? PassMode.BY_CLASS : declared.result();
  }

  /**
   * A method.
   *
   * @param executable what is invoked: declared by a type that we may call
   * @param declared all declarations of the method as the object's class has it; null for a
   *     constructor
   */
  static ExportedMethod of(
      Executable executable, Class<?> resultType, @Nullable Declarations declared) {
    return new ExportedMethod(
        executable,
        Signatures.of(executable),
        executable.getParameterTypes(),
        resultType,
        declared);
  }

  /** A method of the instances of a class, as a function that takes one as its first argument. */
  static ExportedMethod onFirstArgument(Class<?> type, Method method, Declarations declared) {
    Class<?>[] parameters = new Class<?>[method.getParameterCount() + 1];
    parameters[0] = type;
    System.arraycopy(method.getParameterTypes(), 0, parameters, 1, parameters.length - 1);
    return new ExportedMethod(
        method,
        Signatures.onFirstArgument(type, method),
        parameters,
        method.getReturnType(),
        declared);
  }

  /**
   * A {@link Shortcut}: a static method whose first parameter is the object, or a method of a class
   * of ours.
   */
  static ExportedMethod shortcut(String prefix, Method method) {
    Class<?>[] all = method.getParameterTypes();
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    Class<?>[] own = isStatic ? Arrays.copyOfRange(all, 1, all.length) : all;
    method.setAccessible(true);
    return new ExportedMethod(
        method, Signatures.of(prefix + method.getName(), own), own, method.getReturnType(), null);
  }

  /** Whether its first argument is the object that it is called on. */
  boolean isOnFirstArgument() {
    return onFirstArgument;
  }

  /**
   * Fails if it would be called on one of our objects or on a proxy: what may be called of an
   * object does not depend on whether its class may be imported.
   */
  void checkReceiver(PassingRules rules, @Nullable Object[] arguments) {
    @Nullable Object receiver = isOnFirstArgument() ? arguments[0] : null;
    if (receiver != null
        && (StandIns.remoteOf(receiver) != null || !rules.isValue(receiver.getClass()))) {
      throw new NotAllowedException(
          signature.substring(1)
              + " may be imported from here to be called on a value, but "
              + StandIns.describe(receiver)
              + " is none: call the method of the object itself");
    }
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

  /**
   * How a constructor asks for so many arguments to be passed; of variable arity, what it asks for
   * the last one holds for all that follow.
   */
  List<PassMode> parameterModes(int count) {
    List<PassMode> modes = Declarations.parameters((Constructor<?>) executable);
    return IntStream.range(0, count)
        .mapToObj(i -> modes.get(Math.min(i, modes.size() - 1)))
        .toList();
  }

  /** Whether the implementation promises by its result type not to block. */
  boolean isReactive() {
    return reactive;
  }

  /** Whether its result type says that the result comes later. */
  boolean promisesLater() {
    return later;
  }

  /** Whether its result type says that it gives a stream or a task, of which the elements come. */
  boolean givesSource() {
    return executable instanceof Method method
        && (BaseStream.class.isAssignableFrom(method.getReturnType())
            || ForkJoinTask.class.isAssignableFrom(method.getReturnType()));
  }

  /** Whether it is to be carried out although its caller has given it up before it began. */
  boolean isUnlock() {
    return unlock;
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
      if (executable instanceof Constructor<?> constructor) {
        return constructor.newInstance(arguments);
      }
      Method method = (Method) executable;
      if (isOnFirstArgument()) {
        return method.invoke(arguments[0], rest(arguments));
      }
      return arguments.length < method.getParameterCount()
          ? method.invoke(null, withTarget(target, arguments))
          : method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static @Nullable Object[] rest(@Nullable Object[] arguments) {
    return Arrays.copyOfRange(arguments, 1, arguments.length);
  }

  private static @Nullable Object[] withTarget(Object target, @Nullable Object[] arguments) {
    @Nullable Object[] all = new Object[arguments.length + 1];
    all[0] = target;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  private static boolean isReactive(Class<?> type) {
    return Publisher.class.isAssignableFrom(type)
        || CompletionStage.class.isAssignableFrom(type)
        || Flow.Publisher.class.isAssignableFrom(type);
  }
}
