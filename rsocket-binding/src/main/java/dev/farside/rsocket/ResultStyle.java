package dev.farside.rsocket;

import java.util.function.Function;

/**
 * How a method gives its result to its caller.
 *
 * @param method makes what a stand-in does when the method is called
 * @param options how the callee must give it: a sum of constants of {@code CallOptions}
 */
record ResultStyle(Function<CallSpec, MethodHandler> method, int options) {
  /** Of what an adapter makes. */
  static ResultStyle of(ResultAdapter adapter, int options) {
    return new ResultStyle(spec -> new FaceMethod(spec, adapter), options);
  }
}
