package dev.farside.rsocket;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Behind every stand-in: which object it stands for, and as what. */
final class StandInHandler implements InvocationHandler {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final RemoteObject target;
  private final StandInType type;
  private @Nullable Object kept;

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

  /** What this stand-in keeps, over here, of its object. */
  synchronized @Nullable Object kept() {
    return kept;
  }

  /** The same, made now if there is none. */
  synchronized Object keep(Supplier<Object> making) {
    if (kept == null) {
      kept = making.get();
    }
    return kept;
  }

  @Override
  public @Nullable Object invoke(
      Object standIn, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return type.handler(method)
        .invoke(target, standIn, arguments == null ? NO_ARGUMENTS : arguments);
  }
}
