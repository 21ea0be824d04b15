package dev.farside.rsocket;

import dev.farside.Unreferenced;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In how many peers' tables an object stands, of those objects that want to know when the last has
 * let go. Guarded by its own monitor; user code runs on workers.
 */
final class ExportCensus {
  private static final Logger LOG = LoggerFactory.getLogger(ExportCensus.class);

  private final IdentityHashMap<Unreferenced, Integer> tables = new IdentityHashMap<>();
  private final Executor workers;

  ExportCensus(Executor workers) {
    this.workers = workers;
  }

  void add(Object object) {
    if (object instanceof Unreferenced interested) {
      synchronized (tables) {
        tables.merge(interested, 1, Integer::sum);
      }
    }
  }

  void remove(Object object) {
    if (object instanceof Unreferenced interested) {
      boolean last;
      synchronized (tables) {
        last = tables.merge(interested, -1, (a, b) -> a + b == 0 ? null : a + b) == null;
      }
      if (last) {
        workers.execute(() -> notify(interested));
      }
    }
  }

  private static void notify(Unreferenced object) {
    try {
      object.onUnreferenced();
    } catch (RuntimeException e) {
      LOG.warn("onUnreferenced() of a {} failed", object.getClass().getName(), e);
    }
  }
}
