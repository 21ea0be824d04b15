package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Maps and their views. */
@SuppressWarnings({"JdkObsolete", "NonApiType"}) // users have old and particular classes, too
public class MapsTest {
  /** What lives elsewhere. */
  public static class Maps {
    /** In no order: a to 1, b to 2, c to 3. */
    public Map<String, Integer> abc() {
      return new HashMap<>(Map.of("a", 1, "b", 2, "c", 3));
    }

    /** Sorted. */
    public NavigableMap<String, Integer> sorted() {
      return new TreeMap<>(abc());
    }

    /** The one used longest ago comes first. */
    public LinkedHashMap<String, Integer> byUse() {
      var map = new LinkedHashMap<String, Integer>(16, 0.75f, true);
      map.putAll(sorted());
      return map;
    }

    /** For many threads. */
    public ConcurrentMap<String, Integer> concurrent() {
      return new ConcurrentHashMap<>(abc());
    }

    /** For many threads, with its own name. */
    public ConcurrentHashMap<String, Integer> hashed() {
      return new ConcurrentHashMap<>(abc());
    }

    /** For many threads, sorted. */
    public ConcurrentSkipListMap<String, Integer> skipping() {
      return new ConcurrentSkipListMap<>(abc());
    }

    /** An old one. */
    public Hashtable<String, Integer> table() {
      return new Hashtable<>(abc());
    }

    /** By constants. */
    public EnumMap<TimeUnit, String> units() {
      return new EnumMap<>(Map.of(TimeUnit.DAYS, "d"));
    }

    /** By what is the same. */
    public IdentityHashMap<Object, String> identity() {
      return new IdentityHashMap<>();
    }

    /** With defaults. */
    public Properties properties() {
      var defaults = new Properties();
      defaults.setProperty("color", "blue");
      var properties = new Properties(defaults);
      properties.setProperty("size", "1");
      return properties;
    }

    /** A view that changes nothing. */
    public Map<String, Integer> unmodifiable(Map<String, Integer> map) {
      return Collections.unmodifiableMap(map);
    }

    /** A map of the caller: the sum of its values, each doubled in it. */
    public int doubled(Map<String, Integer> map) {
      map.replaceAll((k, v) -> v * 2);
      int sum = 0;
      for (Map.Entry<String, Integer> entry : map.entrySet()) {
        sum += entry.getValue();
        entry.setValue(entry.getValue() + 1);
      }
      return sum;
    }
  }

  @Conformance
  void theUsualOperationsDoWhatTheySay(Maps maps) {
    Map<String, Integer> map = maps.abc();
    assertThat(map.get("a")).isEqualTo(1);
    assertThat(map.get("x")).isNull();
    assertThat(map.put("a", 10)).isEqualTo(1);
    assertThat(map.put("d", null)).isNull();
    assertThat(map.containsKey("d")).isTrue();
    assertThat(map.containsValue(10)).isTrue();
    assertThat(map.remove("d")).isNull();
    assertThat(map.remove("a", 11)).isFalse();
    assertThat(map.getOrDefault("x", 5)).isEqualTo(5);
    assertThat(map.putIfAbsent("b", 7)).isEqualTo(2);
    assertThat(map.replace("b", 2, 20)).isTrue();
    map.putAll(Map.of("y", 1));
    map.putAll(new TreeMap<>(Map.of("z", 2)));
    assertThat(map).isEqualTo(Map.of("a", 10, "b", 20, "c", 3, "y", 1, "z", 2));
    map.clear();
    assertThat(map.isEmpty()).isTrue();
  }

  @Conformance
  void functionsOfTheCallerComputeValues(Maps maps) {
    Map<String, Integer> map = maps.abc();
    assertThat(map.computeIfAbsent("abcd", String::length)).isEqualTo(4);
    assertThat(map.computeIfPresent("a", (k, v) -> null)).isNull();
    assertThat(map.compute("b", (k, v) -> v == null ? 1 : v + 40)).isEqualTo(42);
    assertThat(map.merge("c", 5, Integer::sum)).isEqualTo(8);
    map.replaceAll((k, v) -> -v);
    assertThat(map).isEqualTo(Map.of("abcd", -4, "b", -42, "c", -8));
    var heard = new HashMap<String, Integer>();
    map.forEach(heard::put);
    assertThat(heard).isEqualTo(map);
  }

  @Conformance
  void whatAFunctionOfTheCallerThrowsIsThrown(Maps maps) {
    var failure = new IllegalStateException("no");
    for (Map<String, Integer> map : List.of(maps.abc(), maps.concurrent(), maps.sorted())) {
      assertThatThrownBy(
              () ->
                  map.computeIfAbsent(
                      "x",
                      k -> {
                        throw failure;
                      }))
          .isSameAs(failure);
      assertThat(map.containsKey("x")).isFalse();
    }
  }

  @Conformance
  void mapsOfDifferentOwnersAreEqualAsTheirEntriesAre(Maps maps, Maps others) {
    Map<String, Integer> remote = maps.abc();
    Map<String, Integer> local = new HashMap<>(Map.of("a", 1, "b", 2, "c", 3));
    assertThat(remote.equals(local)).isTrue();
    assertThat(local.equals(remote)).isTrue();
    assertThat(Map.copyOf(remote).equals(remote)).isTrue();
    assertThat(remote.equals(others.sorted())).isTrue();
    local.put("a", 2);
    assertThat(local.equals(remote)).isFalse();
    assertThat(remote.hashCode()).isEqualTo(Map.of("a", 1, "b", 2, "c", 3).hashCode());
    assertThat(maps.sorted().toString()).isEqualTo("{a=1, b=2, c=3}");
  }

  @Conformance
  void theKeysOfAConcurrentMapAreASet(Maps maps) {
    Map<String, Integer> map = maps.concurrent();
    Set<String> keys = map.keySet();
    assertThat(keys.size()).isEqualTo(3);
    assertThat(new ArrayList<>(map.keySet())).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(keys.isEmpty()).isFalse();
    assertThat(keys.contains("a")).isTrue();
    assertThat(keys.containsAll(List.of("a", "b"))).isTrue();
    assertThat(keys.equals(Set.of("a", "b", "c"))).isTrue();
    assertThat(keys.toArray()).hasSize(3);
    Iterator<String> each = keys.iterator();
    keys.remove(each.next());
    assertThat(map).hasSize(2);
    ConcurrentMap<String, Integer> concurrent = maps.concurrent();
    concurrent.keySet().clear();
    assertThat(concurrent.isEmpty()).isTrue();
  }

  @Conformance
  void keysAndValuesAreViews(Maps maps) {
    Map<String, Integer> map = maps.sorted();
    Set<String> keys = map.keySet();
    Collection<Integer> values = map.values();
    map.put("d", 4);
    assertThat(keys).containsExactly("a", "b", "c", "d");
    assertThat(values).containsExactly(1, 2, 3, 4);
    keys.remove("a");
    values.remove(4);
    values.removeIf(v -> v == 2);
    assertThat(map).isEqualTo(Map.of("c", 3));
    assertThatThrownBy(() -> keys.add("x")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(keys.equals(Set.of("c"))).isTrue();
    assertThat(Set.of("c").equals(keys)).isTrue();
  }

  @Conformance
  void anEntryThatIsSetChangesTheMap(Maps maps) {
    for (Map<String, Integer> map : List.of(maps.abc(), maps.sorted(), maps.hashed())) {
      for (Map.Entry<String, Integer> entry : map.entrySet()) {
        int value = entry.getValue();
        assertThat(entry.setValue(value * 10)).isEqualTo(value);
        assertThat(entry.getValue()).isEqualTo(value * 10);
      }
      assertThat(map).isEqualTo(Map.of("a", 10, "b", 20, "c", 30));
    }
  }

  @Conformance
  void entriesAreEqualAsTheirKeysAndValuesAre(Maps maps) {
    Map.Entry<String, Integer> entry = maps.sorted().entrySet().iterator().next();
    assertThat(entry.equals(Map.entry("a", 1))).isTrue();
    assertThat(Map.entry("a", 1).equals(entry)).isTrue();
    assertThat(entry.hashCode()).isEqualTo(Map.entry("a", 1).hashCode());
    assertThat(entry.toString()).isEqualTo("a=1");
    assertThat(maps.abc().entrySet().contains(Map.entry("a", 1))).isTrue();
    assertThat(maps.abc().entrySet().remove(Map.entry("a", 2))).isFalse();
  }

  @Conformance
  void entriesAreSortedByComparatorsOfTheClass(Maps maps) {
    var entries = new ArrayList<>(maps.abc().entrySet());
    entries.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    assertThat(entries.stream().map(Map.Entry::getKey)).containsExactly("c", "b", "a");
  }

  @Conformance
  void aSortedMapIsNavigated(Maps maps) {
    NavigableMap<String, Integer> map = maps.sorted();
    assertThat(map.firstKey()).isEqualTo("a");
    assertThat(map.floorEntry("bb")).isEqualTo(Map.entry("b", 2));
    assertThat(map.higherKey("c")).isNull();
    assertThat(map.lastEntry().getValue()).isEqualTo(3);
    assertThatThrownBy(() -> map.firstEntry().setValue(7))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(map.pollFirstEntry()).isEqualTo(Map.entry("a", 1));
    assertThat(map).hasSize(2);
  }

  @Conformance
  void partsOfASortedMapAreViews(Maps maps) {
    NavigableMap<String, Integer> map = maps.sorted();
    NavigableMap<String, Integer> down = map.descendingMap();
    assertThat(down.firstKey()).isEqualTo("c");
    assertThat(map.headMap("c")).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(map.subMap("a", false, "c", true).keySet()).containsExactly("b", "c");
    down.headMap("b").clear();
    map.tailMap("b").put("bb", 22);
    assertThat(map).isEqualTo(Map.of("a", 1, "b", 2, "bb", 22));
    assertThat(map.descendingKeySet()).containsExactly("bb", "b", "a");
    assertThatThrownBy(() -> map.headMap("b").put("x", 1))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Conformance
  void aReaderOfAMapThatChangesFailsFast(Maps maps) {
    Map<String, Integer> map = maps.abc();
    var keys = map.keySet().iterator();
    keys.next();
    map.put("d", 4);
    assertThatThrownBy(keys::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Conformance
  void useChangesTheOrderOfAMapByUse(Maps maps) {
    LinkedHashMap<String, Integer> map = maps.byUse();
    map.get("a");
    assertThat(List.copyOf(map.keySet())).containsExactly("b", "c", "a");
  }

  @Conformance
  void mergingIsAtomicUnderContention(Maps maps) throws Exception {
    for (ConcurrentMap<String, Integer> map :
        List.of(maps.concurrent(), maps.hashed(), maps.skipping())) {
      var start = new CountDownLatch(1);
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 4; t++) {
        var thread =
            new Thread(
                () -> {
                  try {
                    start.await();
                  } catch (InterruptedException e) {
                    return;
                  }
                  for (int i = 0; i < 25; i++) {
                    map.merge("n", 1, Integer::sum);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(map.get("n")).isEqualTo(100);
    }
  }

  @Conformance
  void anAbsentValueIsComputedOnceUnderContention(Maps maps) throws Exception {
    ConcurrentMap<String, Integer> map = maps.concurrent();
    var computed = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  map.computeIfAbsent("k" + i, k -> computed.incrementAndGet());
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(computed.get()).isEqualTo(10);
  }

  @Conformance
  void aConcurrentMapSearchesAndReduces(Maps maps) {
    ConcurrentHashMap<String, Integer> map = maps.hashed();
    assertThat(map.reduceValues(1, Integer::sum)).isEqualTo(6);
    assertThat(map.<String>search(1, (k, v) -> v == 2 ? k : null)).isEqualTo("b");
    assertThat(map.mappingCount()).isEqualTo(3);
  }

  @Conformance
  void oldAndSpecialMapsWork(Maps maps) {
    Hashtable<String, Integer> table = maps.table();
    assertThat(Collections.list(table.keys())).containsExactlyInAnyOrder("a", "b", "c");
    assertThatThrownBy(() -> table.put("x", null)).isInstanceOf(NullPointerException.class);
    EnumMap<TimeUnit, String> units = maps.units();
    units.put(TimeUnit.HOURS, "h");
    assertThat(List.copyOf(units.keySet())).containsExactly(TimeUnit.HOURS, TimeUnit.DAYS);
  }

  @Conformance
  void anObjectOfTheCallerIsTheSameKey(Maps maps) {
    IdentityHashMap<Object, String> map = maps.identity();
    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    map.put(first, "first");
    map.put(second, "second");
    assertThat(map.get(first)).isEqualTo("first");
    assertThat(map.get(second)).isEqualTo("second");
    assertThat(map.containsKey(new ArrayList<String>())).isFalse();
  }

  @Conformance
  void propertiesAreReadAndWritten(Maps maps) throws Exception {
    Properties properties = maps.properties();
    assertThat(properties.getProperty("color")).isEqualTo("blue");
    assertThat(properties.getProperty("x", "y")).isEqualTo("y");
    assertThat(properties.stringPropertyNames()).isEqualTo(Set.of("color", "size"));
    properties.load(new StringReader("size=2\nshape=round\n"));
    assertThat(properties.getProperty("size")).isEqualTo("2");
    var out = new StringWriter();
    properties.store(out, "mine");
    assertThat(out.toString()).startsWith("#mine").contains("shape=round");
    assertThat(Collections.list(properties.propertyNames()).size()).isEqualTo(3);
  }

  @Conformance
  void aMapOfTheCallerIsChangedThere(Maps maps) {
    var map = new TreeMap<>(Map.of("a", 1, "b", 2));
    assertThat(maps.doubled(map)).isEqualTo(6);
    assertThat(map).isEqualTo(Map.of("a", 3, "b", 5));
  }

  @Conformance
  void aViewThatChangesNothingRefuses(Maps maps) {
    Map<String, Integer> map = maps.abc();
    Map<String, Integer> view = maps.unmodifiable(map);
    assertThatThrownBy(() -> view.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.entrySet().iterator().next().setValue(3))
        .isInstanceOf(UnsupportedOperationException.class);
    map.put("d", 4);
    assertThat(view.get("d")).isEqualTo(4);
  }

  @Conformance
  void aViewOfTheCallerWrapsAMap(Maps maps) {
    Map<String, Integer> map = maps.abc();
    Collections.synchronizedMap(map).put("d", 4);
    assertThat(Collections.unmodifiableMap(map)).hasSize(4).containsEntry("d", 4);
    assertThat(new TreeMap<>(map).lastKey()).isEqualTo("d");
    assertThat(Map.copyOf(map)).hasSize(4);
  }
}
