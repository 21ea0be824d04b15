package dev.farside.rsocket;

import java.util.Set;

/** What a side offers under the empty name: answers about itself. */
interface NamedRoots {
  /** The bound names. */
  Set<String> names();
}
