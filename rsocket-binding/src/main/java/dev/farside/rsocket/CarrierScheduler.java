package dev.farside.rsocket;

import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of this JVM's virtual threads, through its management interface {@code
 * jdk.management.VirtualThreadSchedulerMXBean}, which the language level does not know. Asked for
 * when it is needed first. For one thread.
 */
final class CarrierScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierScheduler.class);
  private static final String INTERFACE = "jdk.management.VirtualThreadSchedulerMXBean";

  /**
   * As many as the JVM would start by itself to make up for threads that it cannot unmount. They
   * are started as there is something to carry.
   */
  private static final int MOST = 256;

  private @Nullable PlatformManagedObject bean;
  private int usual;
  private boolean wider;

  /** Whether there are more carriers than usual. */
  boolean isWider() {
    return wider;
  }

  /**
   * Whether each carrier has a virtual thread; if not, a slow machine is all that is the matter.
   */
  boolean isFull() {
    try {
      return get("getMountedVirtualThreadCount") >= get("getParallelism");
    } catch (ReflectiveOperationException e) {
      LOG.debug("Nobody knows whether all carriers of virtual threads are busy", e);
      return false;
    }
  }

  /** Lets there be as many carriers as there may be. */
  void widen() {
    try {
      if (!wider) {
        usual = get("getParallelism");
        wider = true;
        LOG.warn(
            "All {} carriers of virtual threads are busy computing; there are more of them until"
                + " that ends. Let methods that compute for long use threads of their own",
            usual);
        set(Math.max(MOST, usual));
      }
    } catch (ReflectiveOperationException e) {
      LOG.warn("All carriers of virtual threads are busy, and there cannot be more", e);
    }
  }

  /** How many virtual threads wait for a carrier, estimated. */
  long queued() {
    try {
      return (long) type().getMethod("getQueuedVirtualThreadCount").invoke(bean());
    } catch (ReflectiveOperationException e) {
      LOG.debug("Nobody knows how many virtual threads wait", e);
      return 0;
    }
  }

  /** Gives the number of carriers back its usual value, if so many suffice. */
  void narrow() {
    try {
      if (wider && get("getMountedVirtualThreadCount") < usual) {
        wider = false;
        set(usual);
      }
    } catch (ReflectiveOperationException e) {
      LOG.warn("There are more carriers of virtual threads than needed", e);
    }
  }

  private int get(String property) throws ReflectiveOperationException {
    return (int) type().getMethod(property).invoke(bean());
  }

  private void set(int parallelism) throws ReflectiveOperationException {
    type().getMethod("setParallelism", int.class).invoke(bean(), parallelism);
  }

  private PlatformManagedObject bean() throws ClassNotFoundException {
    @Nullable PlatformManagedObject known = bean;
    if (known == null) {
      known = ManagementFactory.getPlatformMXBean(type());
      bean = known;
    }
    return known;
  }

  private static Class<? extends PlatformManagedObject> type() throws ClassNotFoundException {
    return Class.forName(INTERFACE).asSubclass(PlatformManagedObject.class);
  }
}
