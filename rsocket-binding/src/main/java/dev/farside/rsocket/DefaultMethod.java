package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.NoSuchRemoteMethodException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A default method of a face: the object's own, or, where the object has none of this signature,
 * what the face does by default, here. Whether it has, is asked once for each object that we hold,
 * and with each call of what is bound to a name.
 */
final class DefaultMethod implements MethodHandler {
  private final Method method;
  private final MethodHandler ofObject;
  private volatile @Nullable MethodHandle ofFace;

  /**
   * A default method.
   *
   * @param ofObject calls it, and may find that it is {@linkplain Shortcut.Missing missing}
   */
  DefaultMethod(Method method, MethodHandler ofObject) {
    this.method = method;
    this.ofObject = ofObject;
  }

  /** Whether it is one, whose result can come from either place. */
  static boolean isOne(Method method) {
    Class<?> type = method.getReturnType();
    return method.isDefault()
        && type != Future.class
        && type != ForkJoinTask.class
        && type != Flow.Publisher.class;
  }

  @Override
  public @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    if (target.lacks(method)) {
      return byDefault(standIn, arguments);
    }
    @Nullable Object result;
    try {
      result = ofObject.invoke(target, standIn, arguments);
    } catch (Shortcut.Missing e) {
      return instead(e, target, standIn, arguments);
    }
    return orInstead(result, target, standIn, arguments);
  }

  /** What is found missing later is done instead then. */
  private @Nullable Object orInstead(
      @Nullable Object result, RemoteObject target, Object standIn, @Nullable Object[] arguments) {
    if (result instanceof Mono<?> mono) {
      return mono.cast(Object.class)
          .onErrorResume(
              Shortcut.Missing.class,
              e -> ((Mono<?>) later(e, target, standIn, arguments)).cast(Object.class));
    }
    if (result instanceof Flux<?> flux) {
      return flux.cast(Object.class)
          .onErrorResume(
              Shortcut.Missing.class, e -> (Publisher<?>) later(e, target, standIn, arguments));
    }
    return result instanceof CalledFuture future
        ? future.orElse(e -> (CompletionStage<?>) later(e, target, standIn, arguments))
        : result;
  }

  private Object later(
      Shortcut.Missing why, RemoteObject target, Object standIn, @Nullable Object[] arguments) {
    try {
      return requireNonNull(instead(why, target, standIn, arguments), "a result that comes later");
    } catch (Throwable e) {
      throw Sneaky.<RuntimeException>asUnchecked(e);
    }
  }

  private @Nullable Object instead(
      Shortcut.Missing why, RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    if (!ExportedType.isComplete(why)) {
      throw new NoSuchRemoteMethodException(
          FaceMethod.text(method) + " on " + target.session() + ": " + why.getMessage());
    }
    target.foundLacking(method);
    return byDefault(standIn, arguments);
  }

  private @Nullable Object byDefault(Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    @Nullable MethodHandle known = ofFace;
    if (known == null) {
      Class<?> type = standIn.getClass(); // always the same: this is a method of one class
      known =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .unreflectSpecial(method, type)
              .asFixedArity();
      ofFace = known;
    }
    return known.bindTo(standIn).invokeWithArguments(arguments);
  }
}
