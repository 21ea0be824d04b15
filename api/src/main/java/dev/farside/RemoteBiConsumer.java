package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An action on two arguments that may throw, see {@link Peer#importBiConsumer}. Like {@link
 * RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteBiConsumer<A extends @Nullable Object, B extends @Nullable Object>
    extends Serializable {
  /** Performs this action. */
  void accept(A first, B second) throws Exception;
}
