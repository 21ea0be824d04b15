package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Iterations that remove, set, are disturbed, and go on. */
public class IteratorsTest {
  /** What lives elsewhere. */
  public static class Kinds {
    /** Numbers from 0 on in a collection of each kind. */
    public Collection<Integer> numbers(String kind, int count) {
      Collection<Integer> numbers =
          switch (kind) {
            case "hash" -> new HashSet<>();
            case "tree" -> new TreeSet<>();
            case "heap" -> new PriorityQueue<>();
            case "concurrent" -> ConcurrentHashMap.newKeySet();
            default -> new ConcurrentLinkedQueue<>();
          };
      IntStream.range(0, count).forEach(numbers::add);
      return numbers;
    }

    /** Numbers and their texts in a map of each kind. */
    public Map<Integer, String> texts(String kind, int count) {
      Map<Integer, String> texts =
          switch (kind) {
            case "hash" -> new HashMap<>();
            case "tree" -> new TreeMap<>();
            case "concurrent" -> new ConcurrentHashMap<>();
            default -> new LinkedHashMap<>();
          };
      IntStream.range(0, count).forEach(n -> texts.put(n, "n" + n));
      return texts;
    }

    /** A list that is copied when it changes. */
    public List<String> copyOnWrite() {
      return new CopyOnWriteArrayList<>(List.of("a", "b", "c"));
    }

    /** Whether this entry is among the others. */
    public boolean has(Map<Integer, String> map, Map.Entry<Integer, String> entry) {
      return map.entrySet().contains(entry);
    }
  }

  private static final List<String> COLLECTIONS =
      List.of("hash", "tree", "heap", "concurrent", "linked");
  private static final List<String> MAPS = List.of("hash", "tree", "concurrent", "linked");

  @Conformance
  void removesFromEveryKindOfCollection(Kinds kinds) {
    for (String kind : COLLECTIONS) {
      Collection<Integer> numbers = kinds.numbers(kind, 60);
      int removed = 0;
      for (Iterator<Integer> each = numbers.iterator(); each.hasNext(); ) {
        if (each.next() % 3 == 0) {
          each.remove();
          removed++;
        }
      }
      assertThat(removed).as(kind).isEqualTo(20);
      assertThat(numbers).as(kind).hasSize(40).doesNotContain(0, 3, 57).contains(1, 58);
    }
  }

  @Conformance
  void failsFastWhereTheKindDoes(Kinds kinds) {
    for (String kind : List.of("hash", "tree", "heap")) {
      Collection<Integer> numbers = kinds.numbers(kind, 20);
      Iterator<Integer> each = numbers.iterator();
      each.next();
      numbers.add(100);
      assertThatThrownBy(each::next).as(kind).isInstanceOf(ConcurrentModificationException.class);
    }
  }

  @Conformance
  void goesOnWhereTheKindAllowsChanges(Kinds kinds) {
    for (String kind : List.of("concurrent", "linked")) {
      Collection<Integer> numbers = kinds.numbers(kind, 50);
      var heard = new ArrayList<Integer>();
      for (Iterator<Integer> each = numbers.iterator(); each.hasNext(); ) {
        Integer number = each.next();
        heard.add(number);
        numbers.remove(number);
      }
      assertThat(heard).as(kind).hasSize(50).doesNotHaveDuplicates();
      assertThat(numbers).as(kind).isEmpty();
    }
  }

  @Conformance
  void setsTheValuesOfEntries(Kinds kinds) {
    for (String kind : MAPS) {
      Map<Integer, String> texts = kinds.texts(kind, 20);
      for (Map.Entry<Integer, String> entry : texts.entrySet()) {
        assertThat(entry.getValue()).as(kind).isEqualTo("n" + entry.getKey());
        assertThat(entry.setValue("m" + entry.getKey())).isEqualTo("n" + entry.getKey());
        assertThat(entry.getValue()).isEqualTo("m" + entry.getKey());
      }
      assertThat(texts.get(7)).as(kind).isEqualTo("m7");
    }
  }

  @Conformance
  void removesEntries(Kinds kinds) {
    for (String kind : MAPS) {
      Map<Integer, String> texts = kinds.texts(kind, 30);
      texts.entrySet().removeIf(entry -> entry.getKey() % 2 == 0);
      texts.keySet().remove(1);
      texts.values().remove("n3");
      Iterator<Map.Entry<Integer, String>> entries = texts.entrySet().iterator();
      while (entries.hasNext()) {
        if (entries.next().getValue().endsWith("5")) {
          entries.remove();
        }
      }
      assertThat(texts.keySet())
          .as(kind)
          .containsExactlyInAnyOrder(7, 9, 11, 13, 17, 19, 21, 23, 27, 29);
    }
  }

  @Conformance
  void anEntryShowsWhatTheMapHolds(Kinds kinds) {
    Map<Integer, String> texts = kinds.texts("hash", 3);
    Map.Entry<Integer, String> first = texts.entrySet().iterator().next();
    texts.put(first.getKey(), "other");
    assertThat(first.getValue()).isEqualTo("other");
    assertThat(first).isEqualTo(Map.entry(first.getKey(), "other"));
    assertThat(first.hashCode()).isEqualTo(Map.entry(first.getKey(), "other").hashCode());
    assertThat(first.toString()).isEqualTo("0=other");
    assertThat(kinds.has(texts, first)).isTrue();
    assertThat(texts.entrySet().contains(first)).isTrue();
  }

  @Conformance
  void entriesAreCopiedAndStreamed(Kinds kinds) {
    Map<Integer, String> texts = kinds.texts("linked", 300);
    assertThat(texts.entrySet().stream().mapToInt(Map.Entry::getKey).sum()).isEqualTo(44_850);
    assertThat(texts.entrySet().toArray()).hasSize(300);
    assertThat(new ArrayList<>(texts.entrySet()).get(5)).isEqualTo(Map.entry(5, "n5"));
    assertThat(Map.copyOf(texts)).hasSize(300);
    assertThat(new TreeMap<>(texts).firstEntry()).isEqualTo(Map.entry(0, "n0"));
    assertThat(texts.equals(new HashMap<>(texts))).isTrue();
    assertThat(new HashMap<>(texts).equals(texts)).isTrue();
  }

  @Conformance
  void aSnapshotStaysWhatItWas(Kinds kinds) {
    List<String> list = kinds.copyOnWrite();
    Iterator<String> each = list.iterator();
    list.clear();
    assertThat(each.next()).isEqualTo("a");
    assertThatThrownBy(each::remove).isInstanceOf(UnsupportedOperationException.class);
    each.next();
    each.next();
    assertThat(each.hasNext()).isFalse();
    assertThatThrownBy(each::next).isInstanceOf(NoSuchElementException.class);
  }

  @Conformance
  void aSpliteratorSeesEveryElement(Kinds kinds) {
    Set<Integer> seen = new HashSet<>();
    StreamSupport.stream(kinds.numbers("hash", 500).spliterator(), false).forEach(seen::add);
    assertThat(seen).hasSize(500);
  }

  @Conformance
  void whatAnActionThrowsEndsForEach(Kinds kinds) {
    var heard = new ArrayList<Integer>();
    var stop = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                kinds
                    .numbers("tree", 100)
                    .forEach(
                        number -> {
                          heard.add(number);
                          if (number == 9) {
                            throw stop;
                          }
                        }))
        .isSameAs(stop);
    assertThat(heard).hasSize(10);
  }
}
