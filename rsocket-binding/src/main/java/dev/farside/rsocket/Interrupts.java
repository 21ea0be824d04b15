package dev.farside.rsocket;

import java.lang.reflect.Executable;
import java.lang.reflect.Type;
import java.util.stream.Stream;

/** What an interrupt of its caller means to a call: as much as the method declares. */
enum Interrupts {
  /** The method declares nothing: who waits is told by an exception of ours and keeps its flag. */
  KEPT,
  /** It declares a superclass of {@link InterruptedException}: who waits gets that. */
  THROWN,
  /** It declares {@link InterruptedException}: who was interrupted before gets that, too. */
  REFUSED;

  /**
   * Of a method or constructor. What a type variable stands for is not known here, and mostly
   * unchecked.
   */
  static Interrupts of(Executable executable) {
    if (Stream.of(executable.getExceptionTypes()).anyMatch(InterruptedException.class::equals)) {
      return REFUSED;
    }
    return Stream.of(executable.getGenericExceptionTypes()).anyMatch(Interrupts::isSuperclass)
        ? THROWN
        : KEPT;
  }

  /** Whether the current thread was interrupted before a call, which does not hear of it. */
  boolean cameBefore() {
    return this != REFUSED && Thread.currentThread().isInterrupted();
  }

  private static boolean isSuperclass(Type declared) {
    return declared instanceof Class<?> type && type.isAssignableFrom(InterruptedException.class);
  }
}
