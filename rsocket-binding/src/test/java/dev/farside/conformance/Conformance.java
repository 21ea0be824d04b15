package dev.farside.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is carried out once for each {@link Place}. Its parameters are made there: a public
 * class with a public constructor without parameters is instantiated at that place, a {@link Place}
 * tells which it is, and a {@code Peer} is the connection to it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(Places.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@interface Conformance {
  /** Whether it also runs on plain local objects; false for what only a remote object has. */
  boolean here() default true;
}
