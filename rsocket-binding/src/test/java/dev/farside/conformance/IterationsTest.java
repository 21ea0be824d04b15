package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.AbstractCollection;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Iterations of what is not quite usual, or is changed in ways that are not. */
public class IterationsTest {
  /** What lives elsewhere. */
  public static class Kinds {
    /** A list. */
    public List<String> list() {
      return new ArrayList<>(List.of("a", "b", "c", "d"));
    }

    /** A list of what looks like entries of a map. */
    public List<Map.Entry<String, Integer>> pairs() {
      return new ArrayList<>(List.of(new SimpleEntry<>("a", 1), new SimpleEntry<>("b", 2)));
    }

    /** A map. */
    public Map<String, String> map() {
      return new HashMap<>(Map.of("a", "1", "b", "2"));
    }

    /** A map that many may change. */
    public Map<Integer, String> shared(int count) {
      var map = new ConcurrentHashMap<Integer, String>();
      IntStream.range(0, count).forEach(n -> map.put(n, "n" + n));
      return map;
    }

    /** An empty one of each kind. */
    public Collection<Integer> empty(String kind) {
      return switch (kind) {
        case "heap" -> new PriorityQueue<>();
        case "blockingHeap" -> new PriorityBlockingQueue<>();
        case "linked" -> new ConcurrentLinkedQueue<>();
        case "blocking" -> new LinkedBlockingDeque<>();
        case "deque" -> new ArrayDeque<>();
        case "own" -> new HashSet<>() {};
        default -> Collections.newSetFromMap(new ConcurrentHashMap<>());
      };
    }

    /** A set of constants. */
    public Set<TimeUnit> units() {
      return EnumSet.allOf(TimeUnit.class);
    }

    /** Fails after five of its numbers with what nobody declares. */
    public Collection<Integer> sneaky() {
      return new AbstractCollection<>() {
        @Override
        public Iterator<Integer> iterator() {
          return IntStream.rangeClosed(1, 9)
              .map(n -> n > 5 ? Kinds.<RuntimeException>fail(new IOException("six")) : n)
              .iterator();
        }

        @Override
        public int size() {
          return 9;
        }
      };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> int fail(Throwable thrown) throws E {
      throw (E) thrown;
    }

    /** Fails at the third of its numbers. */
    public Collection<Integer> failing() {
      return new AbstractCollection<>() {
        @Override
        public Iterator<Integer> iterator() {
          return IntStream.rangeClosed(1, 9)
              .map(
                  n -> {
                    if (n == 3) {
                      throw new AssertionError("three");
                    }
                    return n;
                  })
              .iterator();
        }

        @Override
        public void forEach(Consumer<? super Integer> action) {
          for (int n = 1; n < 6; n++) {
            action.accept(n);
          }
          throw new IllegalStateException("six");
        }

        @Override
        public int size() {
          return 9;
        }
      };
    }
  }

  @Conformance
  void theElementThatWasTakenIsRemovedOrSetAfterOthersWere(Kinds kinds) {
    List<String> list = kinds.list();
    Iterator<String> each = list.iterator();
    each.next();
    list.set(3, "z");
    assertThat(each.hasNext()).isTrue();
    each.remove();
    assertThat(new ArrayList<>(list)).containsExactly("b", "c", "z");
    ListIterator<String> both = list.listIterator();
    both.next();
    list.set(2, "y");
    assertThat(both.hasNext()).isTrue();
    both.set("x");
    assertThat(new ArrayList<>(list)).containsExactly("x", "c", "y");
  }

  @Conformance
  void nothingIsSetOrRemovedBeforeAnythingWasTaken(Kinds kinds) {
    List<String> list = kinds.list();
    ListIterator<String> both = list.listIterator(2);
    list.set(3, "z");
    assertThat(both.hasNext()).isTrue();
    assertThatThrownBy(() -> both.set("x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(both::remove).isInstanceOf(IllegalStateException.class);
    assertThat(new ArrayList<>(list)).containsExactly("a", "b", "c", "z");
  }

  @Conformance
  void aPartOfAListThatChangedSaysSo(Kinds kinds) {
    List<String> list = kinds.list();
    Iterator<String> each = list.subList(0, 3).iterator();
    each.next();
    list.add("e");
    assertThat(each.hasNext()).isTrue();
    assertThatThrownBy(each::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Conformance
  void whatLooksLikeAnEntryOfAMapIsItself(Kinds kinds) {
    List<Map.Entry<String, Integer>> pairs = kinds.pairs();
    Map.Entry<String, Integer> first = pairs.iterator().next();
    assertThat(first).isSameAs(pairs.get(0));
    pairs.get(0).setValue(7);
    assertThat(first.getValue()).isEqualTo(7);
  }

  @Conformance
  void oneEntryShowsWhatAnotherSet(Kinds kinds) {
    Map<String, String> map = kinds.map();
    Map.Entry<String, String> one = map.entrySet().iterator().next();
    Map.Entry<String, String> same = map.entrySet().iterator().next();
    one.setValue("9");
    assertThat(same.getValue()).isEqualTo("9");
  }

  @Conformance
  void everyElementOfAHeapIsSeenOnceWhileSomeAreRemoved(Kinds kinds) {
    for (String kind : List.of("heap", "blockingHeap", "linked", "deque", "own", "shared")) {
      var random = new Random(5);
      Collection<Integer> heap = kinds.empty(kind);
      var all = new ArrayList<Integer>();
      for (int i = 0; i < 60; i++) {
        all.add(random.nextInt(100_000));
      }
      heap.addAll(all);
      var seen = new ArrayList<Integer>();
      for (Iterator<Integer> each = heap.iterator(); each.hasNext(); ) {
        int number = each.next();
        seen.add(number);
        if (number % 3 == 0) {
          each.remove();
        }
      }
      assertThat(seen).as(kind).containsExactlyInAnyOrderElementsOf(all);
      all.removeIf(number -> number % 3 == 0);
      assertThat(new ArrayList<>(heap)).as(kind).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Conformance
  void ofEqualElementsTheOneThatWasTakenIsRemoved(Kinds kinds) {
    for (String kind : List.of("linked", "blocking", "deque")) {
      Collection<Integer> numbers = kinds.empty(kind);
      numbers.addAll(List.of(1, 2, 1, 3));
      Iterator<Integer> each = numbers.iterator();
      each.next();
      each.next();
      each.next();
      each.remove();
      assertThat(each.next()).as(kind).isEqualTo(3);
      assertThat(each.hasNext()).as(kind).isFalse();
      assertThat(new ArrayList<>(numbers)).as(kind).containsExactly(1, 2, 3);
    }
  }

  @Conformance
  void whatNeverFailsFastGoesOn(Kinds kinds) {
    for (String kind : List.of("shared", "deque", "linked")) {
      Collection<Integer> numbers = kinds.empty(kind);
      numbers.addAll(List.of(1, 2, 3));
      Iterator<Integer> each = numbers.iterator();
      int first = each.next();
      numbers.remove(first);
      assertThat(each.next()).as(kind).isNotEqualTo(first);
    }
    Set<TimeUnit> units = kinds.units();
    for (Iterator<TimeUnit> each = units.iterator(); each.hasNext(); ) {
      units.remove(each.next());
    }
    assertThat(units).isEmpty();
  }

  @Conformance
  void whatIsGoneAlreadyIsRemovedWithoutAWord(Kinds kinds) {
    Map<Integer, String> map = kinds.shared(5);
    Iterator<Map.Entry<Integer, String>> each = map.entrySet().iterator();
    int first = each.next().getKey();
    map.put(first, "other");
    each.remove();
    assertThat(map).doesNotContainKey(first);
    int second = each.next().getKey();
    map.remove(second);
    each.remove();
    assertThat(map).hasSize(3);
  }

  @Conformance
  void whatCameBeforeACheckedExceptionIsSeen(Kinds kinds) {
    var seen = new ArrayList<Integer>();
    assertThatThrownBy(
            () -> {
              for (int number : kinds.sneaky()) {
                seen.add(number);
              }
            })
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("six");
    assertThat(seen).containsExactly(1, 2, 3, 4, 5);
  }

  @Conformance
  void whatCameBeforeAnErrorIsSeen(Kinds kinds) {
    Collection<Integer> numbers = kinds.failing();
    Iterator<Integer> each = numbers.iterator();
    assertThat(each.next()).isEqualTo(1);
    assertThat(each.next()).isEqualTo(2);
    assertThatThrownBy(each::next).isInstanceOf(AssertionError.class).hasMessage("three");
    var seen = new ArrayList<Integer>();
    assertThatThrownBy(() -> numbers.forEach(seen::add)).isInstanceOf(IllegalStateException.class);
    assertThat(seen).containsExactly(1, 2, 3, 4, 5);
  }
}
