package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;

/** Sets and their views. */
@SuppressWarnings({
  "NonApiType",
  "ModifyCollectionInEnhancedForLoop"
}) // users have particular classes, and change what they read
public class SetsTest {
  /** What lives elsewhere. */
  public static class Sets {
    /** In no order. */
    public Set<String> of(String... elements) {
      return new HashSet<>(List.of(elements));
    }

    /** In the order of arrival. */
    public LinkedHashSet<String> linked(String... elements) {
      return new LinkedHashSet<>(List.of(elements));
    }

    /** Sorted. */
    public NavigableSet<String> sorted(String... elements) {
      return new TreeSet<>(List.of(elements));
    }

    /** Sorted as the caller wants. */
    public TreeSet<String> sortedBy(Comparator<String> order, String... elements) {
      var set = new TreeSet<>(order);
      Collections.addAll(set, elements);
      return set;
    }

    /** For many threads. */
    public Set<String> concurrent() {
      return ConcurrentHashMap.newKeySet();
    }

    /** Copied at each change. */
    public CopyOnWriteArraySet<String> copyOnWrite(String... elements) {
      return new CopyOnWriteArraySet<>(List.of(elements));
    }

    /** Of constants. */
    public Set<TimeUnit> units() {
      return EnumSet.of(TimeUnit.SECONDS, TimeUnit.DAYS);
    }

    /** A view that changes nothing. */
    public Set<String> unmodifiable(Set<String> set) {
      return Collections.unmodifiableSet(set);
    }

    /** Bits. */
    public BitSet bits() {
      return new BitSet();
    }

    /** How many elements of the caller's set it has seen. */
    public int count(Set<String> set) {
      int count = 0;
      for (String element : set) {
        count += set.contains(element) ? 1 : 0;
      }
      return count;
    }
  }

  @Conformance
  void anElementIsInASetOnce(Sets sets) {
    Set<String> set = sets.of("a", "b");
    assertThat(set.add("c")).isTrue();
    assertThat(set.add("c")).isFalse();
    assertThat(set.contains("a")).isTrue();
    assertThat(set.contains("x")).isFalse();
    assertThat(set.remove("a")).isTrue();
    assertThat(set.remove("a")).isFalse();
    assertThat(set.size()).isEqualTo(2);
    assertThat(set).containsExactlyInAnyOrder("b", "c");
    set.clear();
    assertThat(set.isEmpty()).isTrue();
  }

  @Conformance
  void setsOfDifferentOwnersAreEqualAsTheirElementsAre(Sets sets, Sets others) {
    Set<String> remote = sets.of("a", "b");
    Set<String> local = new HashSet<>(List.of("b", "a"));
    assertThat(remote.equals(local)).isTrue();
    assertThat(local.equals(remote)).isTrue();
    assertThat(Set.of("a", "b").equals(remote)).isTrue();
    assertThat(remote.equals(Set.of("a", "b"))).isTrue();
    assertThat(remote.equals(others.sorted("a", "b"))).isTrue();
    assertThat(remote.equals(others.of("a"))).isFalse();
    assertThat(remote.hashCode()).isEqualTo(local.hashCode());
    assertThat(sets.sorted("b", "a").toString()).isEqualTo("[a, b]");
  }

  @Conformance
  void unionIntersectionAndDifferenceWorkBetweenOwners(Sets sets) {
    Set<String> set = sets.of("a", "b");
    assertThat(set.addAll(new HashSet<>(List.of("b", "c")))).isTrue();
    assertThat(set.retainAll(Set.of("b", "c"))).isTrue();
    assertThat(set.removeAll(new HashSet<>(List.of("c")))).isTrue();
    assertThat(set).isEqualTo(Set.of("b"));
    var own = new HashSet<>(Set.of("b", "x"));
    own.retainAll(set);
    assertThat(own).containsExactly("b");
    own.addAll(sets.of("y"));
    assertThat(own.containsAll(sets.of("y", "b"))).isTrue();
    assertThat(set.containsAll(own)).isFalse();
  }

  @Conformance
  void aLinkedSetKeepsItsOrder(Sets sets) {
    LinkedHashSet<String> set = sets.linked("c", "a", "b");
    set.remove("a");
    set.add("a");
    assertThat(List.copyOf(set)).containsExactly("c", "b", "a");
    assertThat(set.stream().findFirst()).contains("c");
  }

  @Conformance
  void aSortedSetIsNavigated(Sets sets) {
    NavigableSet<String> set = sets.sorted("b", "d", "a", "c");
    assertThat(set.first()).isEqualTo("a");
    assertThat(set.last()).isEqualTo("d");
    assertThat(set.floor("bb")).isEqualTo("b");
    assertThat(set.ceiling("bb")).isEqualTo("c");
    assertThat(set.higher("d")).isNull();
    assertThat(set.lower("b")).isEqualTo("a");
    assertThat(set.pollFirst()).isEqualTo("a");
    assertThat(set.pollLast()).isEqualTo("d");
    assertThat(set.comparator()).isNull();
  }

  @Conformance
  void partsOfASortedSetAreViews(Sets sets) {
    NavigableSet<String> set = sets.sorted("a", "b", "c", "d");
    SortedSet<String> head = set.headSet("c");
    NavigableSet<String> down = set.descendingSet();
    head.add("aa");
    assertThat(set).containsExactly("a", "aa", "b", "c", "d");
    assertThat(down.first()).isEqualTo("d");
    down.remove("d");
    assertThat(set.tailSet("b", false)).containsExactly("c");
    assertThatThrownBy(() -> head.add("z"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("key out of range");
    head.clear();
    assertThat(set).containsExactly("c");
  }

  @Conformance
  void aSortedSetAsksTheComparatorOfTheCaller(Sets sets) {
    Comparator<String> order = (a, b) -> b.compareTo(a);
    TreeSet<String> set = sets.sortedBy(order, "a", "c", "b");
    assertThat(set.add("d")).isTrue();
    assertThat(set).containsExactly("d", "c", "b", "a");
    assertThat((Object) set.comparator()).isSameAs(order);
    set.headSet("b").clear();
    assertThat(set.first()).isEqualTo("b");
  }

  @Conformance
  void whatDoesNotCompareIsRefused(Sets sets) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Set<Object> set = (Set) sets.sorted("a");
    assertThatThrownBy(() -> set.add(1)).isExactlyInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> sets.sorted("a").add(null))
        .isExactlyInstanceOf(NullPointerException.class);
  }

  @Conformance
  void aSetOfConstantsHoldsConstants(Sets sets) {
    Set<TimeUnit> units = sets.units();
    assertThat(units.contains(TimeUnit.DAYS)).isTrue();
    units.add(TimeUnit.HOURS);
    assertThat(units).containsExactly(TimeUnit.SECONDS, TimeUnit.HOURS, TimeUnit.DAYS);
    assertThat(EnumSet.copyOf(units)).contains(TimeUnit.HOURS);
  }

  @Conformance
  void bitsAreSetAndCounted(Sets sets) {
    BitSet bits = sets.bits();
    bits.set(1, 4);
    bits.flip(2);
    assertThat(bits.get(1)).isTrue();
    assertThat(bits.get(2)).isFalse();
    assertThat(bits.cardinality()).isEqualTo(2);
    assertThat(bits.nextSetBit(2)).isEqualTo(3);
    assertThat(bits.toLongArray()).containsExactly(10);
    assertThat(bits.toString()).isEqualTo("{1, 3}");
    assertThat(bits.stream().sum()).isEqualTo(4);
  }

  @Conformance
  void bitsOfTheSameOwnerAreCombined(Sets sets) {
    BitSet bits = sets.bits();
    bits.set(1, 4);
    BitSet other = sets.bits();
    other.set(3, 6);
    bits.and(other);
    assertThat(bits.cardinality()).isEqualTo(1);
    bits.or(other);
    assertThat(bits.equals(other)).isTrue();
    assertThat(bits.hashCode()).isEqualTo(other.hashCode());
  }

  @Conformance
  void aConcurrentSetTakesElementsWhileItIsReadThrough(Sets sets) {
    Set<String> set = sets.concurrent();
    set.addAll(List.of("a", "b"));
    for (String element : set) {
      set.add(element + element);
      if (set.size() > 20) {
        break;
      }
    }
    assertThat(set).contains("a", "b", "aa", "bb");
  }

  @Conformance
  void aReaderOfACopyOnWriteSetSeesWhatThereWas(Sets sets) {
    CopyOnWriteArraySet<String> set = sets.copyOnWrite("a", "b");
    for (String element : set) {
      set.add(element + element);
    }
    assertThat(set).containsExactly("a", "b", "aa", "bb");
  }

  @Conformance
  void aViewThatChangesNothingRefuses(Sets sets) {
    Set<String> set = sets.of("a");
    Set<String> view = sets.unmodifiable(set);
    assertThatThrownBy(() -> view.add("b")).isInstanceOf(UnsupportedOperationException.class);
    set.add("b");
    assertThat(view).isEqualTo(Set.of("a", "b"));
  }

  @Conformance
  void aViewOfTheCallerWrapsASet(Sets sets) {
    Set<String> set = sets.of("a");
    Set<String> synchronizedView = Collections.synchronizedSet(set);
    synchronizedView.add("b");
    assertThat(Collections.unmodifiableSet(set)).isEqualTo(Set.of("a", "b"));
  }

  @Conformance
  void aSetOfTheCallerIsReadThere(Sets sets) {
    assertThat(sets.count(new TreeSet<>(Set.of("a", "b", "c")))).isEqualTo(3);
    assertThat(sets.count(Set.of("a", "b"))).isEqualTo(2);
  }

  @Conformance
  void elementsAreRemovedByAConditionOfTheCaller(Sets sets) {
    Set<String> set = sets.of("a", "bb", "cc");
    assertThat(set.removeIf(s -> s.length() == 2)).isTrue();
    assertThat(set).containsExactly("a");
    var heard = new HashSet<String>();
    set.forEach(heard::add);
    assertThat(heard).containsExactly("a");
    assertThat(set.toArray(new String[0])).containsExactly("a");
  }
}
