package dev.farside.codec;

import java.util.List;

/**
 * What the receiver of a reference learns of the object, so that its stand-in can be an instance of
 * the right types.
 *
 * @param kind how the object is used
 * @param typeNames binary names of its public classes and interfaces, the most specific class
 *     first; empty for an opaque object
 * @param ownEquals whether its class overrides {@code equals} and {@code hashCode}
 * @param ownToString whether its class overrides {@code toString}
 */
public record Shape(Kind kind, List<String> typeNames, boolean ownEquals, boolean ownToString) {
  /** How a referenced object is used. */
  public enum Kind {
    /** Called. */
    OBJECT(0),
    /** Subscribed to; at most one item. */
    MONO(1),
    /** Subscribed to. */
    FLUX(2),
    /** Subscribed to, known to users as a {@code java.util.concurrent.Flow.Publisher}. */
    FLOW(3),
    /** Subscribed to; at most one item; known to users as a {@code CompletableFuture}. */
    FUTURE(4);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** Copies the names. */
  public Shape {
    typeNames = List.copyOf(typeNames);
  }
}
