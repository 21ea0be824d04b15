package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/** One entry of a message's reference table. */
public sealed interface Reference {
  /**
   * An object of the sender's.
   *
   * @param id its number at the sender
   * @param shapeNumber the sender's number of its shape
   * @param shape the shape; null once the receiver has said that it knows the number
   */
  record Sent(long id, int shapeNumber, @Nullable Shape shape) implements Reference {}

  /** An object of the receiver's, come home. */
  record Home(long id) implements Reference {}

  /** What the receiver bound to a name, come home. */
  record HomeRoot(String name) implements Reference {}
}
