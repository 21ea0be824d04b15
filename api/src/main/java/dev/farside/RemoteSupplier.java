package dev.farside;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function without arguments that may throw, see {@link Peer#importSupplier}. Like {@link
 * RemoteFunction}, it is never serialized.
 */
@FunctionalInterface
public interface RemoteSupplier<R extends @Nullable Object> extends Serializable {
  /** Gets a result. */
  R get() throws Exception;
}
