package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that may block although it returns a {@code Mono}, {@code Flux}, {@code Publisher} or
 * future: it runs on a worker thread instead of the connection's. On a type: all its methods,
 * inherited ones too. Put it on the implementation or on a type that it implements.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Blocking {}
