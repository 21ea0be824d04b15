package dev.farside.rsocket;

import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A method of a face whose caller's thread waits for the result, of a type or {@code void}. It is
 * on the stack while the thread waits, so one frame does it all.
 */
final class BlockingMethod implements MethodHandler {
  private final CallSpec spec;
  private final Class<?> type;

  BlockingMethod(CallSpec spec, Class<?> type) {
    this.spec = spec;
    this.type = type;
  }

  @Override
  public @Nullable Object invoke(RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    var call = new Invocation(target, spec, Arrays.asList(arguments));
    return given(call, target.session().caller().block(call));
  }

  private @Nullable Object given(Invocation call, @Nullable Object value) {
    if (type == void.class || type == Void.class) {
      Conversions.end(call, value);
      return null;
    }
    if (value instanceof Iterator<?> iterator) {
      IteratorMethods.given(iterator);
    }
    return Conversions.result(call, value, type);
  }
}
