package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument that may throw: what {@link Peer#importFunction} takes and gives, and
 * the expression of {@link Remote#async}. It is serializable so that a method reference can be
 * asked for its name; it is never serialized.
 */
@FunctionalInterface
public interface RemoteFunction<A extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  /** Applies this function. */
  R apply(A argument) throws Exception;
}
