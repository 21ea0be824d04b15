package dev.farside.rsocket;

import java.util.Map;
import java.util.function.Consumer;

/** Of the owner of a map. The caller's side is {@link CollectionMethods}. */
final class MapShortcuts {
  private MapShortcuts() {}

  /** {@code forEach}, for an action that takes an array of keys, each followed by its value. */
  static void forEach(Map<?, ?> map, Consumer<Object> action) {
    var batches = new Batches(action);
    try {
      map.forEach(
          (key, value) -> {
            batches.addWithNext(key);
            batches.add(value);
          });
    } finally {
      batches.flush();
    }
  }
}
