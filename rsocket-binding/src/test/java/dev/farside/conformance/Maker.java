package dev.farside.conformance;

/** Makes the objects of the tests at its own place. */
public interface Maker {
  /** A new object of this class. */
  Object make(String className);
}
