package dev.farside.rsocket;

import dev.farside.Prefetch;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Getters that answer with what came with the reference to their object. */
final class Prefetched {
  private Prefetched() {}

  /**
   * A method: as it is, or, if it is marked, called only where nothing that it could return has
   * come.
   */
  static MethodHandler orElse(MethodHandler called, Method method, List<Class<?>> types) {
    if (method.getParameterCount() > 0
        || !Declarations.of(method, types).isMarked(Prefetch.class)) {
      return called;
    }
    String name = method.getName();
    Class<?> type = Numbers.boxed(method.getReturnType());
    boolean primitive = method.getReturnType().isPrimitive();
    return (target, standIn, arguments) -> {
      Map<String, @Nullable Object> results = target.results();
      @Nullable Object result = results.get(name);
      boolean fits =
          result == null ? !primitive && results.containsKey(name) : type.isInstance(result);
      return fits ? result : called.invoke(target, standIn, arguments);
    };
  }
}
