package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Objects of this type carry out one call at a time, whoever calls, in the order in which the calls
 * came in. A call that is made within another one of the same object, through whatever sides, by
 * callers that wait, does not wait for that one. A call lasts until its method has returned, and
 * its {@code Mono}, {@code Flux} or future, if it returns one, has ended.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Serial {}
