package dev.farside;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A getter without side effects whose result travels with each reference to its object: proxies
 * answer with what came last, without a call. For what never changes, or may be a little old.
 *
 * <p>Counts on public methods without parameters, of public types, and on what overrides them. The
 * owner calls the method whenever the object is passed, on whatever thread passes it: it must not
 * block. If it throws, nothing travels, and the proxy calls the method as usual. So it does where
 * its reference was not passed but looked up by name. {@code Remote.ref(x).call("name")} always
 * calls.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Prefetch {}
