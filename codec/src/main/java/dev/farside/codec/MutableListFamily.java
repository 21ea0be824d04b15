package dev.farside.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists that can change, and collections that are neither sets nor queues: the elements, into an
 * ArrayList.
 */
record MutableListFamily(int tag) implements ValueFamily {
  @Override
  public String why() {
    return "it is a mutable collection";
  }

  @Override
  public boolean data() {
    return true;
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    boolean taken =
        Collection.class.isAssignableFrom(type)
            && !Set.class.isAssignableFrom(type)
            && (List.class.isAssignableFrom(type) || !Queue.class.isAssignableFrom(type));
    return taken ? (Encoder<Collection<?>>) this::encode : null;
  }

  private void encode(Collection<?> collection, ValueWriter out) {
    List<?> snapshot = new ArrayList<>(collection);
    out.begin(tag, snapshot.size());
    Elements.write(snapshot, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    return Elements.read(parts, Object.class, in);
  }
}
