package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * Classes that are copied the same way, under the same tag. To add one: a class like this and a
 * line in {@link ValueFamilies}. Thread-safe.
 */
interface ValueFamily {
  /** The number that says so on the wire. */
  int tag();

  /** In words, why such a class is copied: "it is a record". */
  String why();

  /** How to write instances of a class, or null if it is not of this family. */
  @Nullable Encoder<?> encoderFor(Class<?> type);

  /**
   * Reads the parts that follow the tag.
   *
   * @param parts how many; the family must read them all
   */
  Object decode(ValueReader in, int parts);

  /** Whether its members are mutable and so copied only where collections are data. */
  default boolean data() {
    return false;
  }
}
