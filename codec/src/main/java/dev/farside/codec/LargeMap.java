package dev.farside.codec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map that cannot change and has no null, as {@link LargeSet} is such a set. */
final class LargeMap<K, V> extends AbstractMap<K, V> implements Serializable {
  private static final long serialVersionUID = 1;

  private final transient Map<K, V> map;

  /**
   * A view.
   *
   * @param map must not change any more, nor refuse to be asked for null
   */
  LargeMap(Map<K, V> map) {
    if (map.containsKey(null) || map.containsValue(null)) {
      throw new NullPointerException("a map that cannot change has no null");
    }
    this.map = map;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean containsKey(Object key) {
    return map.containsKey(requireNonNull(key, "key"));
  }

  @Override
  public boolean containsValue(Object value) {
    return map.containsValue(requireNonNull(value, "value"));
  }

  @Override
  public @Nullable V get(Object key) {
    return map.get(requireNonNull(key, "key"));
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<K, V>> {
    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
      Iterator<Entry<K, V>> entries = map.entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Entry<K, V> next() {
          return Map.Entry.copyOf(entries.next());
        }
      };
    }
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public V putIfAbsent(K key, V value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public V remove(Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean remove(Object key, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public V replace(K key, V value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean replace(K key, V before, V after) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    throw new UnsupportedOperationException();
  }

  /** Whoever reads it need not know us. */
  private Object writeReplace() {
    return Map.copyOf(map);
  }
}
