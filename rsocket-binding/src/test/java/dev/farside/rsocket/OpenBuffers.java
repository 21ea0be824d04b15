package dev.farside.rsocket;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts Netty's buffers that nobody has released yet, besides watching for lost ones: an exact
 * count, where the collector of garbage tells late or never. The build installs it.
 *
 * @param <T> what is watched
 */
public final class OpenBuffers<T> extends ResourceLeakDetector<T> {
  private static final String PROPERTY = "io.netty.customResourceLeakDetector";
  private static final String INTERVAL = "io.netty.leakDetection.samplingInterval";
  private static final AtomicInteger OPEN = new AtomicInteger();

  /**
   * Called by Netty.
   *
   * @param type of what is watched
   * @param samplingInterval one of so many is watched, unless all are
   */
  public OpenBuffers(Class<?> type, int samplingInterval) {
    super(type, samplingInterval);
  }

  /**
   * Called by Netty, which asks for this one too.
   *
   * @param type of what is watched
   * @param samplingInterval one of so many is watched, unless all are
   * @param maxActive unused
   */
  public OpenBuffers(Class<?> type, int samplingInterval, long maxActive) {
    this(type, samplingInterval);
  }

  /** How many there are, of the whole JVM. */
  static int count() {
    if (!OpenBuffers.class.getName().equals(System.getProperty(PROPERTY)) || !areAllWatched()) {
      throw new IllegalStateException(
          "Run with -Dio.netty.leakDetection.level=simple -D"
              + INTERVAL
              + "=1 -D"
              + PROPERTY
              + "="
              + OpenBuffers.class.getName());
    }
    return OPEN.get();
  }

  /** Paranoid is watching all too, and much slower: it remembers who has read each. */
  private static boolean areAllWatched() {
    return getLevel() == Level.PARANOID
        || (getLevel() != Level.DISABLED && "1".equals(System.getProperty(INTERVAL)));
  }

  @Override
  public ResourceLeakTracker<T> track(T watched) {
    ResourceLeakTracker<T> tracker = super.track(watched);
    OPEN.incrementAndGet();
    return new Counted<>(tracker);
  }

  private record Counted<T>(ResourceLeakTracker<T> tracker) implements ResourceLeakTracker<T> {
    @Override
    public void record() {
      tracker.record();
    }

    @Override
    public void record(Object hint) {
      tracker.record(hint);
    }

    @Override
    public boolean close(T watched) {
      boolean first = tracker.close(watched);
      if (first) {
        OPEN.decrementAndGet();
      }
      return first;
    }
  }
}
