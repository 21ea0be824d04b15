package dev.farside.rsocket;

import dev.farside.ByReference;
import dev.farside.Remotable;
import java.util.Set;

/** What a side offers under the empty name: answers about itself. */
@Remotable
interface NamedRoots {
  /** The bound names. */
  Set<String> names();

  /** What is bound to a name; fails in words if nothing is. */
  @ByReference
  Object named(String name);
}
