package dev.farside.rsocket;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link Shortcut} that does by other methods what one of the well-known type does: there is none
 * for objects whose class has its own such method, unless it is a class of the JDK.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface InsteadOf {
  /** The name of the method. */
  String value();

  /** Its parameters. */
  Class<?>[] parameters();
}
