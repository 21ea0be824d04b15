package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What compares, is compared, and is looked up: comparators, functions, equality and hashes. */
@SuppressWarnings({
  "EqualsNull",
  "EqualsIncompatibleType",
  "UnusedVariable"
}) // equality is the subject
public class ComparatorsTest {
  /** Has its own equality and order. */
  public static class Version implements Comparable<Version> {
    private final int major;

    /** The first. */
    public Version() {
      this(1);
    }

    /** Any. */
    public Version(int major) {
      this.major = major;
    }

    /** Its number. */
    public int major() {
      return major;
    }

    @Override
    public int compareTo(Version other) {
      return Integer.compare(major, other.major());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Version version && version.major() == major;
    }

    @Override
    public int hashCode() {
      return Objects.hash(major);
    }

    @Override
    public String toString() {
      return "v" + major;
    }
  }

  /** What lives elsewhere. */
  public static class Orders {
    private final Map<Object, String> kept = new HashMap<>();

    /** Short texts first. */
    public Comparator<String> byLength() {
      return Comparator.comparingInt(String::length);
    }

    /** As the caller wants it. */
    public List<String> sorted(Comparator<String> order, String... texts) {
      return Stream.of(texts).sorted(order).toList();
    }

    /** A version. */
    public Version version(int major) {
      return new Version(major);
    }

    /** Keeps something under a key of the caller. */
    public void keep(Object key, String value) {
      kept.put(key, value);
    }

    /** What is kept. */
    public String kept(Object key) {
      return kept.get(key);
    }

    /** The largest of the caller's. */
    public Version newest(List<Version> versions) {
      return Collections.max(versions);
    }

    /** Adds so much. */
    public Function<Integer, Integer> adding(int more) {
      return n -> n + more;
    }

    /** Whether it begins so. */
    public Predicate<String> startingWith(String start) {
      return s -> s.startsWith(start);
    }

    /** One after the other. */
    public <T> UnaryOperator<T> twice(Function<T, T> function) {
      return t -> function.apply(function.apply(t));
    }

    /** Joins. */
    public BiFunction<String, String, String> joining() {
      return String::concat;
    }

    /** The same each time. */
    public Supplier<Object> supplier(Object value) {
      return () -> value;
    }
  }

  @Conformance
  void aComparatorSortsHere(Orders orders) {
    Comparator<String> order = orders.byLength();
    var list = new ArrayList<>(List.of("ccc", "a", "bb"));
    list.sort(order);
    assertThat(list).containsExactly("a", "bb", "ccc");
    assertThat(Stream.of("ccc", "a").max(order)).contains("ccc");
    list.sort(order.reversed());
    assertThat(list).containsExactly("ccc", "bb", "a");
    assertThat(Collections.min(list, order)).isEqualTo("a");
    assertThat(new TreeMap<String, Integer>(order).put("x", 1)).isNull();
  }

  @Conformance
  void comparatorsAreCombined(Orders orders) {
    Comparator<String> order = orders.byLength().thenComparing(Comparator.reverseOrder());
    var list = new ArrayList<>(List.of("a", "ccc", "b"));
    list.sort(order);
    assertThat(list).containsExactly("b", "a", "ccc");
    list.sort(orders.byLength().thenComparing(s -> s).reversed());
    assertThat(list).containsExactly("ccc", "b", "a");
    Comparator<String> own = (a, b) -> b.compareTo(a);
    list.sort(Comparator.nullsLast(own.thenComparing(orders.byLength())));
    assertThat(list).containsExactly("ccc", "b", "a");
  }

  @Conformance
  void aComparatorOfTheCallerSortsThere(Orders orders) {
    assertThat(orders.sorted(Comparator.reverseOrder(), "a", "c", "b"))
        .containsExactly("c", "b", "a");
    assertThat(orders.sorted(orders.byLength(), "aa", "b")).containsExactly("b", "aa");
    assertThat(orders.sorted((a, b) -> a.length() - b.length(), "aa", "b"))
        .containsExactly("b", "aa");
    assertThatThrownBy(
            () ->
                orders.sorted(
                    (a, b) -> {
                      throw new ArithmeticException("no order");
                    },
                    "a",
                    "b"))
        .isExactlyInstanceOf(ArithmeticException.class)
        .hasMessage("no order");
  }

  @Conformance
  void functionsAreComposed(Orders orders) {
    assertThat(orders.adding(1).andThen(n -> n * 2).apply(3)).isEqualTo(8);
    assertThat(orders.adding(1).compose((Integer n) -> n * 2).apply(3)).isEqualTo(7);
    Function<Integer, Integer> own = n -> n * 10;
    assertThat(own.andThen(orders.adding(1)).apply(2)).isEqualTo(21);
    assertThat(orders.twice(own).apply(1)).isEqualTo(100);
    assertThat(orders.startingWith("a").negate().or(s -> s.length() > 2).test("abc")).isTrue();
    assertThat(Stream.of("ab", "ba").filter(orders.startingWith("a")).toList())
        .containsExactly("ab");
    assertThat(orders.joining().andThen(String::length).apply("a", "bc")).isEqualTo(3);
    var object = new Object();
    assertThat(orders.supplier(object).get()).isSameAs(object);
  }

  @Conformance
  void objectsOfBothSidesAreEqualBothWays(Orders orders) {
    Version there = orders.version(2);
    var here = new Version(2);
    assertThat(there.equals(here)).isTrue();
    assertThat(here.equals(there)).isTrue();
    assertThat(there.equals(orders.version(2))).isTrue();
    assertThat(there.equals(new Version(3))).isFalse();
    assertThat(there.equals(null)).isFalse();
    assertThat(there.equals("v2")).isFalse();
    assertThat(there.hashCode()).isEqualTo(here.hashCode());
    assertThat(there).hasToString("v2");
  }

  @Conformance
  void objectsOfBothSidesAreCompared(Orders orders) {
    Version there = orders.version(2);
    assertThat(there.compareTo(new Version(1))).isPositive();
    assertThat(new Version(3).compareTo(there)).isPositive();
    var list = new ArrayList<>(List.of(new Version(3), there, new Version(1)));
    Collections.sort(list);
    assertThat(list.get(1)).isSameAs(there);
    assertThat(orders.newest(list)).isSameAs(list.get(2));
  }

  @Conformance
  void anObjectIsAKeyHere(Orders orders) {
    var map = new HashMap<Version, String>();
    map.put(orders.version(2), "two");
    assertThat(map.get(new Version(2))).isEqualTo("two");
    assertThat(map.get(orders.version(2))).isEqualTo("two");
    Set<Object> set = new HashSet<>(List.of(new Version(2), "x"));
    assertThat(set.contains(orders.version(2))).isTrue();
    assertThat(set.add(orders.version(2))).isFalse();
    var sorted = new TreeMap<Version, String>();
    sorted.put(orders.version(2), "two");
    sorted.put(new Version(1), "one");
    assertThat(sorted.get(new Version(2))).isEqualTo("two");
    assertThat(sorted.firstEntry().getValue()).isEqualTo("one");
  }

  @Conformance
  void anObjectOfTheCallerIsAKeyThere(Orders orders) {
    orders.keep(new Version(2), "two");
    assertThat(orders.kept(new Version(2))).isEqualTo("two");
    assertThat(orders.kept(orders.version(2))).isEqualTo("two");
    assertThat(orders.kept(new Version(3))).isNull();
    var identity = new Object();
    orders.keep(identity, "this one");
    assertThat(orders.kept(identity)).isEqualTo("this one");
    assertThat(orders.kept(new Object())).isNull();
    orders.keep(List.of(new Version(1), "x"), "list");
    assertThat(orders.kept(List.of(new Version(1), "x"))).isEqualTo("list");
  }

  @Conformance
  void anObjectWithoutItsOwnEqualityIsAKeyEverywhere(Orders orders) {
    orders.keep(orders, "itself");
    assertThat(orders.kept(orders)).isEqualTo("itself");
    var map = new HashMap<Object, String>();
    map.put(orders, "here");
    assertThat(map.get(orders)).isEqualTo("here");
    assertThat(orders.equals(orders)).isTrue();
    assertThat(orders.hashCode()).isEqualTo(orders.hashCode());
  }
}
