package dev.farside.rsocket;

import org.jspecify.annotations.Nullable;

/** Makes of a call what its method returns. */
@FunctionalInterface
interface ResultAdapter {
  /** Carries the call out, now or when the result is subscribed to. */
  @Nullable Object adapt(Invocation call) throws Throwable;
}
