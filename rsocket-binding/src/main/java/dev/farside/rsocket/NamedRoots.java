package dev.farside.rsocket;

import dev.farside.Remotable;
import java.util.Set;

/** What a side offers under the empty name: answers about itself. */
@Remotable
interface NamedRoots {
  /** The bound names. */
  Set<String> names();
}
