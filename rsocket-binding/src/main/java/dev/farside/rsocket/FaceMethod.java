package dev.farside.rsocket;

import dev.farside.ByReference;
import dev.farside.ByValue;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.OneWay;
import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.PassMode;
import dev.farside.codec.Signatures;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A method of a face: what is sent when it is called, and what its caller gets back. Parsed once;
 * calling decides nothing.
 */
final class FaceMethod implements MethodHandler {
  private final CallSpec spec;
  private final ResultStyle result;

  private FaceMethod(CallSpec spec, ResultStyle result) {
    this.spec = spec;
    this.result = result;
  }

  static FaceMethod parse(Method method) {
    List<PassMode> modes = Stream.of(method.getParameters()).map(FaceMethod::mode).toList();
    ResultStyle result = ResultStyles.of(method, isOneWay(method));
    var spec =
        new CallSpec(
            text(method),
            new MethodKey.Hash(Signatures.hash(Signatures.of(method))),
            modes,
            options(method, result));
    return new FaceMethod(spec, result);
  }

  /** What a method does that is not public: acting on the stand-in's own state would be wrong. */
  static MethodHandler refused(Method method) {
    return (target, standIn, arguments) -> {
      throw new NoSuchRemoteMethodException(
          text(method)
              + " on "
              + target
              + " is not public: only public methods can be called on an object of a peer");
    };
  }

  @Override
  public @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    target.checkUsable(spec);
    return result.adapter().adapt(new Invocation(target, spec, Arrays.asList(arguments)));
  }

  private static CallOptions options(Method method, ResultStyle result) {
    var options = new CallOptions(result.options());
    options =
        switch (mode(method)) {
          case BY_VALUE -> options.with(CallOptions.RESULT_BY_VALUE);
          case BY_REFERENCE -> options.with(CallOptions.RESULT_BY_REFERENCE);
          case BY_CLASS -> options;
        };
    int channel = channelArgument(method);
    return channel < 0 || isOneWay(method) ? options : options.withChannel(channel);
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

  private static boolean isOneWay(Method method) {
    return method.isAnnotationPresent(OneWay.class)
        || (method.getReturnType() == void.class
            && method.getDeclaringClass().isAnnotationPresent(OneWay.class));
  }

  private static PassMode mode(AnnotatedElement declaration) {
    if (declaration.isAnnotationPresent(ByReference.class)) {
      return PassMode.BY_REFERENCE;
    }
    return declaration.isAnnotationPresent(ByValue.class) ? PassMode.BY_VALUE : PassMode.BY_CLASS;
  }

  private static String text(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(
                ",",
                method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
                ")"));
  }
}
