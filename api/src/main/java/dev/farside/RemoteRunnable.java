package dev.farside;

import java.io.Serializable;

/**
 * An action without arguments or result that may throw, see {@link Peer#importRunnable}. Like
 * {@link RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteRunnable extends Serializable {
  /** Performs this action. */
  void run() throws Exception;
}
