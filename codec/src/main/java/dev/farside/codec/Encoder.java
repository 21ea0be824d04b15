package dev.farside.codec;

/** Writes the instances of one class as one composite value. Thread-safe. */
interface Encoder<T> {
  /** Writes a value: {@link ValueWriter#begin}, then exactly as many parts as announced. */
  void encode(T value, ValueWriter out);
}
