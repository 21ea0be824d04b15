package dev.farside.rsocket;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Behind every stand-in: which object it stands for, and as what. */
final class StandInHandler implements InvocationHandler {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final RemoteObject target;
  private final StandInType type;

  StandInHandler(RemoteObject target, StandInType type) {
    this.target = target;
    this.type = type;
  }

  RemoteObject target() {
    return target;
  }

  StandInType type() {
    return type;
  }

  @Override
  public @Nullable Object invoke(
      Object standIn, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return type.handler(method)
        .invoke(target, standIn, arguments == null ? NO_ARGUMENTS : arguments);
  }
}
