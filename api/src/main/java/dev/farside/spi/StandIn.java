package dev.farside.spi;

import java.lang.reflect.InvocationHandler;

/**
 * Implemented by the stand-ins for classes. Public only because a stand-in may live in any class
 * loader; of no use to applications.
 */
public interface StandIn {
  /** What answers the calls. */
  InvocationHandler farsideHandler();
}
