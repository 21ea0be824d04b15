package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that, once it has begun, runs to its end although its caller has given it up: when the
 * caller cancels, has waited long enough, or loses its connection, the method's thread is not
 * interrupted and its {@code Mono}, {@code Flux} or {@code Stream} not cancelled. The caller waits
 * no longer. On a type: all its methods, inherited ones too. Put it on the implementation or on a
 * type that it implements.
 *
 * <p>What it gives when nobody takes it any more is dropped. A {@code Flux} or a {@code Stream} is
 * asked for all its elements then, as fast as it gives them: so it should end by itself. One
 * without end goes on for as long as its JVM lives. What the method reads from its caller, or calls
 * there, still fails with the connection.
 *
 * <p>Not protected from {@link Farside#close()} of its own side, which interrupts its threads.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NonCancellable {}
