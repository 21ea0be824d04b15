package dev.farside.rsocket;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.PassMode;
import dev.farside.codec.Signatures;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A method of a face: what is sent when it is called, and what its caller gets back. Parsed once;
 * calling decides nothing.
 */
final class FaceMethod implements MethodHandler {
  private final CallSpec spec;
  private final ResultAdapter adapter;

  FaceMethod(CallSpec spec, ResultAdapter adapter) {
    this.spec = spec;
    this.adapter = adapter;
  }

  /**
   * A method of a face.
   *
   * @param types all that the stand-in is: a mark of the method in any of them counts
   */
  static MethodHandler parse(Method method, List<Class<?>> types) {
    Declarations declarations = Declarations.of(method, types);
    boolean dispensable = DefaultMethod.isOne(method) && !declarations.isOneWay();
    MethodHandler parsed =
        parse(
            method,
            Signatures.of(method),
            0,
            declarations,
            ResultStyles.of(method, method.getReturnType(), declarations.isOneWay()),
            dispensable);
    return dispensable ? new DefaultMethod(method, parsed) : parsed;
  }

  /**
   * An imported method.
   *
   * @param signature by which the callee knows it
   * @param receivers how many arguments come before the method's own
   * @param wanted what its caller declares as its result
   */
  static MethodHandler imported(Method method, String signature, int receivers, Class<?> wanted) {
    Declarations declarations = Declarations.of(method, List.of(method.getDeclaringClass()));
    return parse(
        method,
        signature,
        receivers,
        declarations,
        ResultStyles.of(method, wanted, declarations.isOneWay()),
        false);
  }

  private static MethodHandler parse(
      Method method,
      String signature,
      int receivers,
      Declarations declarations,
      ResultStyle result,
      boolean dispensable) {
    List<PassMode> modes =
        IntStream.range(-receivers, method.getParameterCount())
            .mapToObj(i -> i < 0 ? PassMode.BY_CLASS : declarations.parameter(i))
            .toList();
    var spec =
        new CallSpec(
            text(method),
            new MethodKey.Hash(Signatures.hash(signature)),
            modes,
            options(method, receivers, declarations, result),
            declarations.timeout(),
            Interrupts.of(method),
            dispensable,
            declarations.isCleanup());
    return result.method().apply(spec);
  }

  /**
   * What a method does that cannot be called: acting on the stand-in's own state would be wrong.
   */
  static MethodHandler refused(Method method, String why) {
    return (target, standIn, arguments) -> {
      throw new NoSuchRemoteMethodException(text(method) + " on " + target + why);
    };
  }

  @Override
  public @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    return adapter.adapt(new Invocation(target, spec, Arrays.asList(arguments)));
  }

  private static CallOptions options(
      Method method, int receivers, Declarations declarations, ResultStyle result) {
    var options = new CallOptions(result.options());
    options =
        switch (declarations.result()) {
          case BY_VALUE -> options.with(CallOptions.RESULT_BY_VALUE);
          case BY_REFERENCE -> options.with(CallOptions.RESULT_BY_REFERENCE);
          case BY_CLASS -> options;
        };
    int channel = channelArgument(method);
    return channel < 0 || declarations.isOneWay()
        ? options
        : options.withChannel(receivers + channel);
  }

  /** The first parameter whose items can follow the call on its own channel. */
  private static int channelArgument(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] != Object.class && Publisher.class.isAssignableFrom(parameters[i])) {
        return i;
      }
    }
    return -1;
  }

  /** How error messages name a method: {@code Account.deposit(long)}. */
  static String text(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName() + parameters(method);
  }

  /** How error messages name what it takes: {@code (long,String)}. */
  static String parameters(Executable executable) {
    return Stream.of(executable.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", "(", ")"));
  }
}
