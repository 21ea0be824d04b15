package dev.farside.rsocket;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Something noted about objects, by identity, as long as they live. Thread-safe. */
final class WeakIdentityMap<K, V> {
  private final Map<Key, V> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone;

  /**
   * An empty map.
   *
   * @param gone where the entries of objects that are no more wait to be reclaimed
   */
  WeakIdentityMap(ReferenceQueue<Object> gone) {
    this.gone = gone;
  }

  void put(K key, V value) {
    entries.put(new WeakKey(key, gone, entries), value);
  }

  @Nullable V get(K key) {
    return entries.isEmpty() ? null : entries.get(new StrongKey(key));
  }

  @Nullable V remove(K key) {
    return entries.isEmpty() ? null : entries.remove(new StrongKey(key));
  }

  private sealed interface Key {
    @Nullable Object object();

    static boolean same(Key one, Object other) {
      return one == other
          || (other instanceof Key key && one.object() != null && one.object() == key.object());
    }
  }

  private static final class WeakKey extends WeakReference<Object>
      implements Key, Reclaimer.Reclaimable {
    private final Map<Key, ?> entries;
    private final int hash;

    WeakKey(Object object, ReferenceQueue<Object> gone, Map<Key, ?> entries) {
      super(object, gone);
      this.entries = entries;
      this.hash = System.identityHashCode(object);
    }

    @Override
    public void reclaim() {
      entries.remove(this);
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
