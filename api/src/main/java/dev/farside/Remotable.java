package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets peers call the public methods that this class or interface itself declares, or overrides, at
 * a side with {@link Exposure#ANNOTATED}; elsewhere it says nothing. It is not inherited: what a
 * supertype or subtype adds is callable if that is marked, too.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Remotable {}
