package dev.farside.codec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much a thread has allocated. */
final class Allocations {
  private Allocations() {}

  /** Bytes since the thread began. */
  static long ofThisThread() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
