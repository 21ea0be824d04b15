package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that is sent and forgotten: the caller does not wait and learns of no failure. On a
 * type: all {@code void} methods that it declares. Only for methods whose result is {@code void} or
 * {@code Mono<Void>}.
 *
 * <p>One-way calls of one reference are carried out one after the other, and later calls of that
 * reference begin when they are done. Those that a method sends to its caller have been carried out
 * when the caller's call completes. On a thread that the method has hopped to, only a call that
 * returns {@code Mono<Void>}, and is subscribed to within what the method returns, is known to be
 * one of those.
 *
 * <p>Once begun, a call runs to its end, whatever becomes of the connection.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface OneWay {}
