package dev.farside.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets that can change: whether sorted, the comparator, the elements; keeps the order. */
record MutableSetFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is a mutable set";
  }

  @Override
  public boolean data() {
    return true;
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Set.class.isAssignableFrom(type) ? (Encoder<Set<?>>) this::encode : null;
  }

  private void encode(Set<?> set, ValueWriter out) {
    List<?> snapshot = new ArrayList<>(set);
    out.begin(tag, snapshot.size() + 2);
    Sorting.write(
        set instanceof SortedSet<?> sorted ? sorted.comparator() : null,
        set instanceof SortedSet,
        out);
    Elements.write(snapshot, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    Sorting sorting = Sorting.read(parts, in);
    List<@Nullable Object> elements = Elements.read(parts - 2, Object.class, in);
    if (!sorting.sorted()) {
      return new LinkedHashSet<>(elements);
    }
    var set = new TreeSet<@Nullable Object>(sorting.comparator());
    set.addAll(elements);
    return set;
  }
}
