package dev.farside.rsocket;

import dev.farside.NoSuchNameException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The objects that a side offers by name. Thread-safe. */
final class Roots implements NamedRoots {
  private final Map<String, Object> bound = new ConcurrentHashMap<>();

  void bind(String name, Object target) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("An object cannot be bound to the empty name");
    }
    bound.put(name, target);
  }

  void unbind(String name) {
    bound.remove(name);
  }

  @Nullable Object find(String name) {
    return name.isEmpty() ? this : bound.get(name);
  }

  Object get(String name) {
    @Nullable Object target = find(name);
    if (target == null) {
      throw new NoSuchNameException(
          "Nothing is bound to \"" + name + "\"; bound are " + new TreeSet<>(bound.keySet()));
    }
    return target;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(bound.keySet());
  }

  @Override
  public Object named(String name) {
    return get(name);
  }
}
