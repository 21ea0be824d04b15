package dev.farside.rsocket;

import dev.farside.codec.Shape;
import java.lang.reflect.Method;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * A method that declares a plain {@link Future} or a fork-join task. Where the object's own type
 * declares it so, its caller waits until the method has returned. A face that calls it a future,
 * and who must not wait, gets one of this side at once, for what the method gives.
 */
final class FutureMethod implements MethodHandler {
  private final String declaring;
  private final MethodHandler returned;
  private final MethodHandler later;

  /**
   * A method.
   *
   * @param returned waits until it has returned
   * @param later does not
   */
  FutureMethod(Method method, MethodHandler returned, MethodHandler later) {
    this.declaring = method.getDeclaringClass().getName();
    this.returned = returned;
    this.later = later;
  }

  @Override
  public @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    return !Schedulers.isInNonBlockingThread() && isOwn(target.shapeOfItself())
        ? returned.invoke(target, standIn, arguments)
        : later.invoke(target, standIn, arguments);
  }

  private boolean isOwn(@Nullable Shape shape) {
    return shape != null && shape.typeNames().contains(declaring);
  }
}
