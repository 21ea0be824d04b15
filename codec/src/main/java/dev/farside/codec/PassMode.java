package dev.farside.codec;

import dev.farside.ByReference;
import dev.farside.ByValue;
import java.lang.reflect.AnnotatedElement;

/** How a declaration asks for an argument or result to be passed. */
public enum PassMode {
  /** As its class says. */
  BY_CLASS,
  /** Copied, collections too; what cannot be copied fails. */
  BY_VALUE,
  /** Referenced, unless it is null, a primitive, or a text. */
  BY_REFERENCE;

  /** What one declaration bears itself. */
  public static PassMode markOf(AnnotatedElement declaration) {
    if (declaration.isAnnotationPresent(ByReference.class)) {
      return BY_REFERENCE;
    }
    return declaration.isAnnotationPresent(ByValue.class) ? BY_VALUE : BY_CLASS;
  }
}
