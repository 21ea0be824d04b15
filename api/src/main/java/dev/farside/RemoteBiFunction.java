package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of two arguments that may throw, see {@link Peer#importBiFunction}. Like {@link
 * RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteBiFunction<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  /** Applies this function. */
  R apply(A first, B second) throws Exception;
}
