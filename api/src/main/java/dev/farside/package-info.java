/**
 * All that an application author names: {@link dev.farside.Farside} is the local side, {@link
 * dev.farside.Peer} the remote side over one connection, {@link dev.farside.Remote} the operations
 * on an object that lives elsewhere, {@link dev.farside.FarsideException} the failures that are the
 * framework's own.
 *
 * <p>Nothing here is null unless it says {@code @Nullable}.
 */
@NullMarked
package dev.farside;

import org.jspecify.annotations.NullMarked;
