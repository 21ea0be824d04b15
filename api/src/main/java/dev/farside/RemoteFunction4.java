package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of four arguments that may throw, see {@link Peer#importFunction4}. Like {@link
 * RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteFunction4<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        R extends @Nullable Object>
    extends Serializable {
  /** Applies this function. */
  R apply(A first, B second, C third, D fourth) throws Exception;
}
