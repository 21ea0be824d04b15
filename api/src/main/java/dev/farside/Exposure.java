package dev.farside;

/** What peers may call of the objects that they were given: {@link Farside.Builder#exposure}. */
public enum Exposure {
  /**
   * The public methods of their public types, and of interfaces that are not public where their
   * package is open to Farside, as all are that are in no named module. What has power over the
   * virtual machine, such as class loaders, threads, processes and reflection, has no callable
   * type.
   */
  PUBLIC,

  /**
   * Of the same types, the public methods that are declared in those that are marked {@link
   * Remotable}, and then {@code equals}, {@code hashCode} and {@code toString}. An object without
   * such a type is an opaque handle at the peer: it can be held, told apart and given back.
   * Publishers and futures are subscribed to nonetheless; values are copied.
   */
  ANNOTATED
}
