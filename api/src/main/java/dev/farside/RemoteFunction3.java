package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of three arguments that may throw, see {@link Peer#importFunction3}. Like {@link
 * RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteFunction3<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        R extends @Nullable Object>
    extends Serializable {
  /** Applies this function. */
  R apply(A first, B second, C third) throws Exception;
}
