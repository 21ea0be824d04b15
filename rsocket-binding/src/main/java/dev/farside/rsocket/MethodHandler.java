package dev.farside.rsocket;

import org.jspecify.annotations.Nullable;

/** What a stand-in does when one of its methods is called; decided once for each method. */
@FunctionalInterface
interface MethodHandler {
  /**
   * Answers a call.
   *
   * @param standIn on which the method was called
   */
  @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable;
}
