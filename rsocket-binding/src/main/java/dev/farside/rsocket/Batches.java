package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands elements to who takes arrays of them: one at first, then ever more. Not thread-safe. */
final class Batches {
  /** How many elements travel together at most. */
  static final int MAX = 256;

  private final Consumer<Object> action;
  private final List<@Nullable Object> elements = new ArrayList<>();
  private int size = 1;
  private long weight;

  Batches(Consumer<Object> action) {
    this.action = action;
  }

  void add(@Nullable Object element) {
    addWithNext(element);
    if (elements.size() >= size || weight >= Weight.LIMIT) {
      flush();
      size = grown(size);
    }
  }

  /** Adds an element that is not to be parted from the next one. */
  void addWithNext(@Nullable Object element) {
    elements.add(element);
    weight += Weight.of(element);
  }

  /** Hands over what is there. */
  void flush() {
    if (!elements.isEmpty()) {
      Object[] batch = elements.toArray();
      elements.clear();
      weight = 0;
      action.accept(batch);
    }
  }

  /** How many elements are to follow after so many. */
  static int grown(int size) {
    return Math.min(size * 2, MAX);
  }
}
