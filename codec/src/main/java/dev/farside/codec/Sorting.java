package dev.farside.codec;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How a collection is sorted, as two parts: whether at all, and by which comparator. */
record Sorting(boolean sorted, @Nullable Comparator<Object> comparator) {
  static void write(@Nullable Comparator<?> comparator, boolean sorted, ValueWriter out) {
    out.value("sorted", sorted);
    out.value("comparator", comparator);
  }

  @SuppressWarnings("unchecked") // a comparator of whatever the collection holds
  static Sorting read(int parts, ValueReader in) {
    in.atLeast(2, parts, "a mutable set or map");
    boolean sorted = in.part(Boolean.class);
    @Nullable Object comparator = in.value("comparator", Comparator.class);
    if (comparator != null && !(comparator instanceof Comparator)) {
      throw in.malformed("a comparator was expected");
    }
    return new Sorting(sorted, (Comparator<Object>) comparator);
  }
}
