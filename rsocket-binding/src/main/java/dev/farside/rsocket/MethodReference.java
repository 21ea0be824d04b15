package dev.farside.rsocket;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a method reference names, as its compiler has written it down.
 *
 * @param owner the class that it names, or a superclass that declares the method
 * @param executable the constructor or method
 * @param result what the functional interface is to give
 * @param bound whether it is one of an object's own: {@code account::balance}
 * @param receiver that object; null if it is not bound
 */
record MethodReference(
    Class<?> owner,
    Executable executable,
    Class<?> result,
    boolean bound,
    @Nullable Object receiver) {

  /**
   * Reads it.
   *
   * @param operation what it is given to, for error messages
   */
  static MethodReference of(Serializable reference, String operation) {
    SerializedLambda lambda = describe(reference, operation);
    @Nullable ClassLoader loader = reference.getClass().getClassLoader();
    boolean bound = lambda.getCapturedArgCount() > 0;
    try {
      Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
      return new MethodReference(
          owner,
          executable(lambda, owner, loader),
          MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader)
              .returnType(),
          bound,
          bound ? lambda.getCapturedArg(0) : null);
    } catch (ReflectiveOperationException e) {
      throw refused(operation, e);
    }
  }

  private static SerializedLambda describe(Serializable reference, String operation) {
    try (var description = new Description()) {
      description.writeObject(reference);
      @Nullable SerializedLambda lambda = description.lambda;
      if (lambda != null && !lambda.getImplMethodName().startsWith("lambda$")) {
        return lambda;
      }
    } catch (IOException e) {
      throw refused(operation, e);
    }
    throw refused(operation, null);
  }

  /**
   * Takes what an object is to be written as. Unlike us, serialization may call {@code
   * writeReplace} in modules that are open to nobody. Nothing is written.
   */
  private static final class Description extends ObjectOutputStream {
    private @Nullable SerializedLambda lambda;

    Description() throws IOException {
      super(OutputStream.nullOutputStream());
      enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
      if (object instanceof SerializedLambda described) {
        lambda = described;
      }
      return null;
    }
  }

  private static IllegalArgumentException refused(String operation, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        operation
            + " needs a method reference, such as FileInputStream::new; a lambda's code cannot be"
            + " sent, only a name can (the compiler makes lambdas of String[]::new and of"
            + " references to methods of variable arity that are given single arguments)",
        cause);
  }

  private static Executable executable(
      SerializedLambda lambda, Class<?> owner, @Nullable ClassLoader loader)
      throws NoSuchMethodException {
    Class<?>[] parameters =
        MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader)
            .parameterArray();
    return lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial
        ? owner.getDeclaredConstructor(parameters)
        : method(owner, lambda.getImplMethodName(), parameters);
  }

  /** Compilers differ in whether they name the class that declares it or one that inherits it. */
  private static Method method(Class<?> owner, String name, Class<?>[] parameters)
      throws NoSuchMethodException {
    try {
      return owner.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      return owner.getDeclaredMethod(name, parameters);
    }
  }

  /** How error messages name it: {@code Files.readString}, {@code new FileInputStream}. */
  String text() {
    return executable instanceof Method method
        ? simple(owner) + "." + method.getName()
        : "new " + simple(owner);
  }

  /** A class as a program names it that imports it. */
  static String simple(Class<?> type) {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }
}
