package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Iterations whose first or last steps, or refused ones, matter. */
@SuppressWarnings("ModifyCollectionInEnhancedForLoop") // what comes of it, is the question
public class IteratorEndsTest {
  /** What lives elsewhere. */
  public static class Kinds {
    private int asked;

    /** From 1 to 12, in lists that refuse to be changed by iterators. */
    public List<Integer> fixed(String kind) {
      List<Integer> numbers = Arrays.asList(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
      return switch (kind) {
        case "array" -> numbers;
        case "unmodifiable" -> Collections.unmodifiableList(new ArrayList<>(numbers));
        default -> new CopyOnWriteArrayList<>(numbers);
      };
    }

    /** The same in collections. */
    public Collection<Integer> fixedSet() {
      return Collections.unmodifiableSet(new TreeSet<>(fixed("array")));
    }

    /** Can be changed. */
    public List<Integer> list() {
      return new ArrayList<>(fixed("array"));
    }

    /** Its iterators give what is even. */
    public List<Integer> even() {
      return new ArrayList<>(fixed("array")) {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Integer> iterator() {
          return stream().filter(n -> n % 2 == 0).iterator();
        }
      };
    }

    /** Has no list iterators. */
    public List<Integer> forwardOnly() {
      return new AbstractList<>() {
        @Override
        public Integer get(int index) {
          return index;
        }

        @Override
        public int size() {
          return 3;
        }

        @Override
        public ListIterator<Integer> listIterator(int index) {
          throw new UnsupportedOperationException("forward only");
        }
      };
    }

    /** Forgets keys that nobody else has. */
    public Map<String, Integer> weak() {
      var map = new WeakHashMap<String, Integer>();
      map.put("a", 1);
      map.put("b", 2);
      map.put("c", 3);
      return map;
    }

    /** Queues and sets. */
    public Collection<Integer> some(String kind) {
      Collection<Integer> numbers =
          switch (kind) {
            case "linked" -> new ConcurrentLinkedQueue<>();
            case "blocking" -> new LinkedBlockingQueue<>();
            case "skipping" -> new ConcurrentSkipListSet<>();
            case "tree" -> new TreeSet<>();
            default -> new ArrayDeque<>();
          };
      numbers.addAll(List.of(1, 2, 3));
      return numbers;
    }

    /** With an element that occurs twice. */
    public Queue<Integer> twice() {
      return new LinkedBlockingQueue<>(List.of(9, 5, 7, 5, 8));
    }

    /** Each is asked for when it is wanted. */
    public Iterable<Integer> counted() {
      return new java.util.AbstractCollection<>() {
        @Override
        public Iterator<Integer> iterator() {
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              asked++;
              return true;
            }

            @Override
            public Integer next() {
              return asked;
            }
          };
        }

        @Override
        public int size() {
          return Integer.MAX_VALUE;
        }
      };
    }

    /** How often it was asked whether there is one more. */
    public int asked() {
      return asked;
    }
  }

  @Conformance
  void aRefusedRemovalLeavesTheIterationWhereItIs(Kinds kinds) {
    var all = new ArrayList<Collection<Integer>>();
    for (String kind : List.of("array", "unmodifiable", "copyOnWrite")) {
      all.add(kinds.fixed(kind));
    }
    all.add(kinds.fixedSet());
    for (Collection<Integer> numbers : all) {
      var seen = new ArrayList<Integer>();
      for (Iterator<Integer> each = numbers.iterator(); each.hasNext(); ) {
        seen.add(each.next());
        assertThatThrownBy(each::remove).isInstanceOf(UnsupportedOperationException.class);
      }
      assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }
  }

  @Conformance
  void removingNothingIsRefusedAsTheKindDoes(Kinds kinds) {
    for (String kind : List.of("array", "unmodifiable", "copyOnWrite")) {
      assertThatThrownBy(kinds.fixed(kind).iterator()::remove)
          .as(kind)
          .isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatThrownBy(kinds.list().iterator()::remove).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(kinds.some("tree").iterator()::remove)
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(kinds.fixed("array").listIterator()::remove)
        .isInstanceOf(IllegalStateException.class);
  }

  @Conformance
  void aListIteratorRemovesAndSetsNothingThatItDidNotGive(Kinds kinds) {
    List<Integer> list = kinds.list();
    ListIterator<Integer> each = list.listIterator();
    assertThatThrownBy(each::previous).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(each::remove).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> each.set(0)).isInstanceOf(IllegalStateException.class);
    each.add(0);
    assertThatThrownBy(each::remove).isInstanceOf(IllegalStateException.class);
    assertThat(each.next()).isEqualTo(1);
    each.remove();
    assertThatThrownBy(each::remove).isInstanceOf(IllegalStateException.class);
    assertThat(new ArrayList<>(list)).startsWith(0, 2, 3).hasSize(12);
  }

  @Conformance
  void aListIsIteratedAsItsOwnIteratorDoes(Kinds kinds) {
    var seen = new ArrayList<Integer>();
    for (Integer number : kinds.even()) {
      seen.add(number);
    }
    assertThat(seen).containsExactly(2, 4, 6, 8, 10, 12);
    seen.clear();
    for (Integer number : kinds.forwardOnly()) {
      seen.add(number);
    }
    assertThat(seen).containsExactly(0, 1, 2);
  }

  @Conformance
  void theLastOfAMapThatForgetsIsRemoved(Kinds kinds) {
    Map<String, Integer> map = kinds.weak();
    Iterator<String> each = map.keySet().iterator();
    each.next();
    each.remove();
    each.next();
    each.next();
    each.remove();
    assertThat(map).hasSize(1);
  }

  @Conformance
  void anElementDoesNotWaitForTheNext(Kinds kinds) {
    Iterator<Integer> each = kinds.counted().iterator();
    assertThat(each.hasNext()).isTrue();
    assertThat(each.next()).isEqualTo(1);
    assertThat(kinds.asked()).isEqualTo(1);
  }

  @Conformance
  void whatIsAppendedIsWorkedOffToo(Kinds kinds) {
    for (String kind : List.of("linked", "blocking", "skipping")) {
      Collection<Integer> numbers = kinds.some(kind);
      var seen = new ArrayList<Integer>();
      for (Integer number : numbers) {
        seen.add(number);
        if (number < 3) {
          numbers.add(number + 10);
        }
      }
      assertThat(seen).as(kind).containsExactly(1, 2, 3, 11, 12);
    }
  }

  @Conformance
  void whatIsAppendedIsWorkedOffWhileOthersAreRemoved(Kinds kinds) {
    for (String kind : List.of("linked", "skipping")) {
      Collection<Integer> numbers = kinds.some(kind);
      var seen = new ArrayList<Integer>();
      for (Iterator<Integer> each = numbers.iterator(); each.hasNext(); ) {
        int number = each.next();
        seen.add(number);
        if (number < 3) {
          numbers.add(number + 10);
        }
        each.remove();
      }
      assertThat(seen).as(kind).containsExactly(1, 2, 3, 11, 12);
      assertThat(numbers).as(kind).isEmpty();
    }
  }

  @Conformance
  void whatIsAppendedAfterTheLastIsNotWaitedFor(Kinds kinds) {
    Collection<Integer> numbers = kinds.some("linked");
    numbers.removeAll(List.of(1, 2));
    var seen = new ArrayList<Integer>();
    for (Integer number : numbers) {
      seen.add(number);
      numbers.add(number);
    }
    assertThat(seen).containsExactly(3);
  }

  @Conformance
  void ofEqualElementsTheOneThatWasTakenIsRemovedAfterOthersWere(Kinds kinds) {
    Queue<Integer> queue = kinds.twice();
    Iterator<Integer> each = queue.iterator();
    for (int i = 0; i < 4; i++) {
      each.next();
    }
    queue.remove(9);
    each.remove();
    assertThat(new ArrayList<>(queue)).containsExactly(5, 7, 8);
    assertThat(each.next()).isEqualTo(8);
  }

  @Conformance
  void whatIsClearedInALoopFails(Kinds kinds) {
    for (String kind : List.of("deque", "tree")) {
      Collection<Integer> numbers = kinds.some(kind);
      Iterator<Integer> each = numbers.iterator();
      each.next();
      numbers.clear();
      assertThatThrownBy(each::next).as(kind).isInstanceOf(ConcurrentModificationException.class);
    }
  }

  @Conformance
  void aSetThatHasAsManyElementsAsBeforeFailsToo(Kinds kinds) {
    Collection<Integer> numbers = kinds.some("tree");
    Iterator<Integer> each = numbers.iterator();
    each.next();
    numbers.add(7);
    numbers.remove(7);
    assertThatThrownBy(each::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Conformance
  void aListThatChangedAfterTheLastElementFails(Kinds kinds) {
    List<Integer> list = kinds.list();
    Iterator<Integer> each = list.iterator();
    each.forEachRemaining(number -> {});
    assertThatThrownBy(each::next).isInstanceOf(NoSuchElementException.class);
    list.add(13);
    list.remove(12);
    assertThat(each.hasNext()).isFalse();
    assertThatThrownBy(each::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Conformance
  void aListIteratorBeginsWithinItsList(Kinds kinds) {
    List<Integer> list = kinds.list();
    assertThatThrownBy(() -> list.listIterator(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.listIterator(13)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(list.listIterator(12).hasNext()).isFalse();
  }

  @Conformance
  void aSpliteratorBeginsWithItsFirstUse(Kinds kinds) {
    for (Collection<Integer> numbers : List.of(kinds.list(), kinds.some("tree"))) {
      Spliterator<Integer> each = numbers.spliterator();
      numbers.clear();
      numbers.add(7);
      var seen = new ArrayList<Integer>();
      each.forEachRemaining(seen::add);
      assertThat(seen).containsExactly(7);
    }
    Spliterator<Integer> sorted = kinds.some("tree").spliterator();
    assertThat(sorted.hasCharacteristics(Spliterator.SORTED + Spliterator.DISTINCT)).isTrue();
    assertThat(sorted.getComparator()).isNull();
    assertThatThrownBy(() -> kinds.list().spliterator().getComparator())
        .isInstanceOf(IllegalStateException.class);
  }
}
