package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * How long a call of this method may take, until its first answer, before it fails with {@link
 * CallTimeoutException}: {@code @Timeout(value = 2, unit = TimeUnit.SECONDS)}. On a type of the
 * caller's: all its methods, inherited ones too, but for those of JDK collections, iterators and
 * streams that ask for many elements at a time. It takes the place of {@link
 * Farside.Builder#callTimeout}; if the call is made within another one whose caller waits for less,
 * that counts. The first answer of a method that gives a {@code Stream} is that it has returned, of
 * one that gives a {@code Flux} its first element. A {@link OneWay} method is given up when the
 * time is over, but nobody learns of it. See {@link Deadline}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Timeout {
  /** So many units; positive. */
  long value();

  /** The unit of {@link #value}; milliseconds if not given. */
  TimeUnit unit() default TimeUnit.MILLISECONDS;
}
