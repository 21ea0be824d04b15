package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * Gives the objects behind the references of one incoming message. Used by one thread at a time.
 */
public interface ReferenceSource {
  /**
   * The object behind an entry of the message's reference table.
   *
   * @param expected the type that the place requires; the object is an instance of it if that is
   *     possible
   */
  Object resolve(int index, Class<?> expected);

  /** What is told of the sender's object behind this entry. */
  default void describe(int index, Description description) {}

  /** Says in words that a value is not of the type that its place requires. */
  default String misfit(Object value, Class<?> required) {
    return "a " + value.getClass().getName() + " is no " + required.getTypeName() + " here";
  }

  /** Our own exception behind this entry, come home; null if it is the sender's. */
  @Nullable Throwable ownThrowable(int index);

  /** The copy that stands already for the sender's exception behind this entry; null if none. */
  default @Nullable Throwable knownThrowable(int index) {
    return null;
  }

  /** Remembers that this copy stands for the sender's exception behind this entry. */
  void adoptThrowable(int index, Throwable copy);
}
