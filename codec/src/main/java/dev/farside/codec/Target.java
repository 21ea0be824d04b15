package dev.farside.codec;

/** What a call is made on, as the callee knows it. */
public sealed interface Target {
  /** An object that the callee has sent. */
  record Export(long id) implements Target {}

  /** What the callee has bound to a name; the empty name is the side itself. */
  record Root(String name) implements Target {}

  /** The static methods and constructors of a class of the callee. */
  record Statics(String className) implements Target {}
}
