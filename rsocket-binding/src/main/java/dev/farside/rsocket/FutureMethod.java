package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.Shape;
import java.lang.reflect.Method;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * A method that declares a plain {@link Future}. Where the object's own type declares it so, its
 * caller waits until the method has returned and gets that future, whose methods are calls. A face
 * that calls it a future, and who must not wait, gets one of this side at once, for what the method
 * gives.
 */
final class FutureMethod implements MethodHandler {
  private final String declaring;
  private final MethodHandler itself;
  private final MethodHandler later;

  FutureMethod(Method method, CallSpec spec, MethodHandler later) {
    this.declaring = method.getDeclaringClass().getName();
    this.itself =
        new BlockingMethod(
            spec.with(CallOptions.FUTURE_ITSELF).with(CallOptions.RESTORE_ARRAYS), Future.class);
    this.later = later;
  }

  @Override
  public @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    return isOwn(target.shape()) && !Schedulers.isInNonBlockingThread()
        ? itself.invoke(target, standIn, arguments)
        : later.invoke(target, standIn, arguments);
  }

  private boolean isOwn(@Nullable Shape shape) {
    return shape != null && shape.typeNames().contains(declaring);
  }
}
