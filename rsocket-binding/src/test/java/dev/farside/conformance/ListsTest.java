package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Vector;

/** Lists and their views. */
@SuppressWarnings({
  "JdkObsolete",
  "NonApiType",
  "CollectionToArraySafeParameter"
}) // users have old classes and wrong arrays, too
public class ListsTest {
  /** What lives elsewhere. */
  @SuppressWarnings({"NonApiType", "JdkObsolete"}) // people have them
  public static class Lists {
    /** Of these elements. */
    public List<String> of(String... elements) {
      return new ArrayList<>(Arrays.asList(elements));
    }

    /** Links instead of an array. */
    public LinkedList<String> linked(String... elements) {
      return new LinkedList<>(Arrays.asList(elements));
    }

    /** An old one. */
    public Vector<String> vector(String... elements) {
      return new Vector<>(Arrays.asList(elements));
    }

    /** From 0 on. */
    public List<Integer> numbers(int count) {
      var numbers = new ArrayList<Integer>();
      for (int i = 0; i < count; i++) {
        numbers.add(i);
      }
      return numbers;
    }

    /** A view that changes when the list does, and changes nothing. */
    public List<String> unmodifiable(List<String> list) {
      return Collections.unmodifiableList(list);
    }

    /** A fixed size, but not fixed elements. */
    public List<String> fixed(String... elements) {
      return Arrays.asList(elements);
    }
  }

  @Conformance
  void aLoopSeesEveryElement(Lists lists) {
    var heard = new ArrayList<Integer>();
    for (int number : lists.numbers(1000)) {
      heard.add(number);
    }
    assertThat(heard).isEqualTo(lists.numbers(1000)).hasSize(1000).endsWith(998, 999);
  }

  @Conformance
  void theUsualOperationsDoWhatTheySay(Lists lists) {
    List<String> list = lists.of("a", "b", "c");
    assertThat(list.get(1)).isEqualTo("b");
    assertThat(list.set(1, "B")).isEqualTo("b");
    list.add(0, "z");
    assertThat(list.remove("c")).isTrue();
    assertThat(list.remove(0)).isEqualTo("z");
    assertThat(list.contains("B")).isTrue();
    assertThat(list.indexOf("B")).isEqualTo(1);
    assertThat(list.lastIndexOf("x")).isEqualTo(-1);
    assertThat(list.isEmpty()).isFalse();
    assertThat(list).isEqualTo(List.of("a", "B"));
    list.clear();
    assertThat(list).isEmpty();
  }

  @Conformance
  void whatIsOutOfBoundsThrowsTheSameException(Lists lists) {
    List<String> list = lists.of("a");
    assertThatThrownBy(() -> list.get(1))
        .isExactlyInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Index 1 out of bounds for length 1");
    assertThatThrownBy(() -> lists.linked().getFirst())
        .isExactlyInstanceOf(NoSuchElementException.class);
  }

  @Conformance
  void aPartOfAListIsAView(Lists lists) {
    List<String> list = lists.of("a", "b", "c", "d");
    List<String> part = list.subList(1, 3);
    part.set(0, "B");
    part.remove("c");
    assertThat(list).isEqualTo(List.of("a", "B", "d"));
    part.clear();
    assertThat(list).isEqualTo(List.of("a", "d"));
    list.add("e");
    assertThatThrownBy(part::size).isInstanceOf(ConcurrentModificationException.class);
  }

  @Conformance
  void anIteratorRemoves(Lists lists) {
    for (List<String> list :
        List.of(lists.of("a", "b", "b", "c"), lists.linked("a", "b", "b", "c"))) {
      Iterator<String> iterator = list.iterator();
      while (iterator.hasNext()) {
        if (iterator.next().equals("b")) {
          iterator.remove();
        }
      }
      assertThat(list).isEqualTo(List.of("a", "c"));
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Conformance
  void anIteratorRemovesAmongMany(Lists lists) {
    List<Integer> numbers = lists.numbers(300);
    Iterator<Integer> iterator = numbers.iterator();
    int removed = 0;
    while (iterator.hasNext()) {
      if (iterator.next() % 50 == 49) {
        iterator.remove();
        removed++;
      }
    }
    assertThat(removed).isEqualTo(6);
    assertThat(numbers).hasSize(294).doesNotContain(49, 99, 299).contains(48, 50, 298);
  }

  @Conformance
  void removingTwiceIsRefused(Lists lists) {
    Iterator<String> iterator = lists.of("a", "b").iterator();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    iterator.next();
    iterator.remove();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }

  @Conformance
  void anIteratorFailsFast(Lists lists) {
    for (List<String> list :
        List.of(
            lists.of("a", "b", "c"), lists.linked("a", "b", "c"), lists.vector("a", "b", "c"))) {
      Iterator<String> iterator = list.iterator();
      iterator.next();
      list.add("d");
      assertThatThrownBy(iterator::next).isInstanceOf(ConcurrentModificationException.class);
      Iterator<String> remover = list.iterator();
      remover.next();
      list.remove("d");
      assertThatThrownBy(remover::remove).isInstanceOf(ConcurrentModificationException.class);
    }
  }

  @Conformance
  void anIteratorSeesAnElementThatWasReplaced(Lists lists) {
    List<String> list = lists.of("a", "b", "c");
    Iterator<String> iterator = list.iterator();
    iterator.next();
    list.set(1, "B");
    assertThat(iterator.next()).isEqualTo("B");
  }

  @Conformance
  void aListIteratorGoesBothWaysAndChanges(Lists lists) {
    List<String> list = lists.of("a", "b", "c");
    ListIterator<String> iterator = list.listIterator(1);
    assertThat(iterator.nextIndex()).isEqualTo(1);
    assertThat(iterator.next()).isEqualTo("b");
    iterator.set("B");
    iterator.add("x");
    assertThat(iterator.previous()).isEqualTo("x");
    assertThat(iterator.previousIndex()).isEqualTo(1);
    assertThat(iterator.hasPrevious()).isTrue();
    iterator.remove();
    assertThat(list).isEqualTo(List.of("a", "B", "c"));
  }

  @Conformance
  void forEachAndRemoveIfAndReplaceAllTakeFunctionsOfTheCaller(Lists lists) {
    List<String> list = lists.of("a", "b", "c");
    var heard = new ArrayList<String>();
    list.forEach(heard::add);
    assertThat(heard).containsExactly("a", "b", "c");
    assertThat(list.removeIf(s -> s.equals("b"))).isTrue();
    list.replaceAll(s -> s + s);
    assertThat(list).isEqualTo(List.of("aa", "cc"));
  }

  @Conformance
  void sortingTakesAComparatorOfTheCaller(Lists lists) {
    List<String> list = lists.of("b", "c", "a");
    list.sort(Comparator.reverseOrder());
    assertThat(list).isEqualTo(List.of("c", "b", "a"));
    list.sort(null);
    assertThat(list).isEqualTo(List.of("a", "b", "c"));
    list.sort((a, b) -> b.compareTo(a));
    assertThat(list).isEqualTo(List.of("c", "b", "a"));
    Collections.sort(list);
    assertThat(list).isEqualTo(List.of("a", "b", "c"));
    Collections.reverse(list);
    Collections.swap(list, 0, 2);
    assertThat(list).isEqualTo(List.of("a", "b", "c"));
  }

  @Conformance
  void wholeListsAreAddedRemovedAndAskedFor(Lists lists) {
    List<String> list = lists.of("a");
    list.addAll(List.of("b", "c"));
    list.addAll(1, new ArrayList<>(List.of("x", "y")));
    assertThat(list).isEqualTo(List.of("a", "x", "y", "b", "c"));
    assertThat(list.containsAll(List.of("x", "c"))).isTrue();
    assertThat(list.containsAll(lists.of("x", "q"))).isFalse();
    assertThat(list.removeAll(lists.of("x", "y"))).isTrue();
    assertThat(list.retainAll(new ArrayList<>(List.of("a", "b")))).isTrue();
    assertThat(list).isEqualTo(List.of("a", "b"));
    var own = new ArrayList<>(List.of("0"));
    own.addAll(list);
    own.removeAll(lists.of("a"));
    assertThat(own).containsExactly("0", "b");
    assertThat(new ArrayList<>(list)).containsExactly("a", "b");
    assertThat(List.copyOf(list)).containsExactly("a", "b");
  }

  @Conformance
  @SuppressWarnings("CollectionToArraySafeParameter") // which is the point
  void arraysComeOfTheTypeThatIsAskedFor(Lists lists) {
    List<String> list = lists.of("a", "b");
    assertThat(list.toArray()).isExactlyInstanceOf(Object[].class).containsExactly("a", "b");
    assertThat(list.toArray(new String[0])).isExactlyInstanceOf(String[].class).hasSize(2);
    assertThat(list.toArray(String[]::new)).isExactlyInstanceOf(String[].class).hasSize(2);
    var large = new String[] {"1", "2", "3"};
    assertThat(list.toArray(large)).isSameAs(large).containsExactly("a", "b", null);
    assertThatThrownBy(() -> list.toArray(new Integer[2])).isInstanceOf(ArrayStoreException.class);
  }

  @Conformance
  void listsOfDifferentOwnersAreEqualAsTheirElementsAre(Lists lists, Lists others) {
    List<String> remote = lists.of("a", "b");
    List<String> local = new ArrayList<>(List.of("a", "b"));
    assertThat(remote.equals(local)).isTrue();
    assertThat(local.equals(remote)).isTrue();
    assertThat(List.of("a", "b").equals(remote)).isTrue();
    assertThat(remote.equals(List.of("a", "b"))).isTrue();
    assertThat(remote.equals(others.of("a", "b"))).isTrue();
    assertThat(remote.equals(others.of("a", "c"))).isFalse();
    assertThat(remote.hashCode()).isEqualTo(local.hashCode());
    assertThat(remote.toString()).isEqualTo("[a, b]");
  }

  @Conformance
  void viewsThatChangeNothingRefuse(Lists lists) {
    List<String> list = lists.of("a");
    List<String> view = lists.unmodifiable(list);
    assertThatThrownBy(() -> view.add("b")).isInstanceOf(UnsupportedOperationException.class);
    list.add("b");
    assertThat(view).isEqualTo(List.of("a", "b"));
    List<String> fixed = lists.fixed("a", "b");
    fixed.set(0, "A");
    assertThatThrownBy(() -> fixed.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(fixed).isEqualTo(List.of("A", "b"));
  }

  @Conformance
  void aViewOfTheCallerWrapsAList(Lists lists) {
    List<String> list = lists.of("a", "b");
    List<String> view = Collections.unmodifiableList(list);
    assertThat(view).isEqualTo(List.of("a", "b"));
    List<String> synchronizedView = Collections.synchronizedList(list);
    synchronizedView.add("c");
    assertThat(view.stream().map(s -> s + s).toList()).containsExactly("aa", "bb", "cc");
  }
}
