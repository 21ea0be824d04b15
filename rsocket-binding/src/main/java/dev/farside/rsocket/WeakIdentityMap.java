package dev.farside.rsocket;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Something noted about objects, by identity, as long as they live. Thread-safe. */
final class WeakIdentityMap<K, V> {
  private final Map<Key, V> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  void put(K key, V value) {
    clean();
    entries.put(new WeakKey(key, gone), value);
  }

  @Nullable V get(K key) {
    return entries.isEmpty() ? null : entries.get(new StrongKey(key));
  }

  @Nullable V remove(K key) {
    return entries.isEmpty() ? null : entries.remove(new StrongKey(key));
  }

  private void clean() {
    for (@Nullable Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      entries.remove((Key) dead);
    }
  }

  private sealed interface Key {
    @Nullable Object object();

    static boolean same(Key one, Object other) {
      return one == other
          || (other instanceof Key key && one.object() != null && one.object() == key.object());
    }
  }

  private static final class WeakKey extends WeakReference<Object> implements Key {
    private final int hash;

    WeakKey(Object object, ReferenceQueue<Object> gone) {
      super(object, gone);
      hash = System.identityHashCode(object);
    }

    @Override
    public @Nullable Object object() {
      return get();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return Key.same(this, other);
    }
  }

  private static final class StrongKey implements Key {
    private final Object object;

    StrongKey(Object object) {
      this.object = object;
    }

    @Override
    public Object object() {
      return object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public boolean equals(Object other) {
      return Key.same(this, other);
    }
  }
}
