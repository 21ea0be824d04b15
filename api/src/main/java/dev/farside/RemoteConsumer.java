package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An action on one argument that may throw, see {@link Peer#importConsumer}. Like {@link
 * RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteConsumer<A extends @Nullable Object> extends Serializable {
  /** Performs this action. */
  void accept(A argument) throws Exception;
}
