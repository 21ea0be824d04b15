package dev.farside.rsocket;

/**
 * How a method gives its result to its caller.
 *
 * @param options how the callee must give it: a sum of constants of {@code CallOptions}
 */
record ResultStyle(ResultAdapter adapter, int options) {}
