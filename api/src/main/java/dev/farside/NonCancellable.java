package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that runs to its end although its caller has given it up: its thread is not interrupted
 * and its {@code Mono} or {@code Flux} not cancelled when the caller cancels, times out or is gone.
 * On a type: all its methods. Put it on the implementation or on a type that it implements.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NonCancellable {}
