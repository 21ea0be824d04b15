package dev.farside.codec;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotPassableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections that can change: references, unless the signature is reactive. */
class CollectionsTest {
  static Stream<Object> mutable() {
    return Stream.of(lists(), sets(), maps()).flatMap(s -> s);
  }

  static Stream<Collection<?>> lists() {
    return Stream.of(
        new ArrayList<>(),
        new ArrayList<>(Arrays.asList(1, null, "a")),
        Arrays.asList(1, 2),
        new CopyOnWriteArrayList<>(List.of(1)),
        new ArrayList<>(List.of(1, 2, 3)).subList(1, 2),
        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
        Collections.synchronizedList(new ArrayList<>(List.of(1))));
  }

  static Stream<Set<?>> sets() {
    return Stream.of(
        new HashSet<>(),
        new HashSet<>(Arrays.asList(1, null)),
        new LinkedHashSet<>(List.of(3, 1, 2)),
        new TreeSet<>(Set.of(3, 1, 2)),
        Collections.unmodifiableSet(new HashSet<>(Set.of(1))),
        new HashMap<>(Map.of(1, 2)).keySet(),
        ConcurrentHashMap.newKeySet());
  }

  static Stream<Map<?, ?>> maps() {
    var withNulls = new HashMap<@Nullable Object, @Nullable Object>();
    withNulls.put(null, null);
    return Stream.of(
        new HashMap<>(),
        withNulls,
        new LinkedHashMap<>(Map.of(3, 4, 1, 2)),
        new TreeMap<>(Map.of(3, 4, 1, 2)),
        Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
        new ConcurrentHashMap<>(Map.of(1, 2)));
  }

  @ParameterizedTest
  @MethodSource("mutable")
  void aMutableCollectionIsAReference(Object collection) {
    var roundTrip = RoundTrip.plain();

    assertThat(roundTrip.of(collection)).isSameAs(collection);
    assertThat(roundTrip.references().sent).containsExactly(collection);
  }

  @ParameterizedTest
  @MethodSource("mutable")
  void aMutableCollectionIsCopiedWhereCollectionsAreData(Object collection) {
    var roundTrip = RoundTrip.copyingCollections();

    assertThat(roundTrip.of(collection)).isEqualTo(collection).isNotSameAs(collection);
    assertThat(roundTrip.references().sent).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aCopiedListIsAnArrayListOfItsOwn(Collection<?> list) {
    assertThat(RoundTrip.copyingCollections().of(list)).isExactlyInstanceOf(ArrayList.class);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void aCopiedSetKeepsItsOrder(Set<?> set) {
    assertThat(new ArrayList<>((Set<?>) copied(set))).isEqualTo(new ArrayList<>(set));
  }

  @ParameterizedTest
  @MethodSource("maps")
  void aCopiedMapKeepsItsOrder(Map<?, ?> map) {
    assertThat(new ArrayList<>(((Map<?, ?>) copied(map)).keySet()))
        .isEqualTo(new ArrayList<>(map.keySet()));
  }

  @Test
  void aSortedCopySortsByTheSameOrder() {
    assertThat(((SortedSet<?>) copied(new TreeSet<>(Set.of(2, 1)))).comparator()).isNull();
    assertThat(((SortedMap<?, ?>) copied(new TreeMap<>(Map.of(2, 1)))).comparator()).isNull();
  }

  @Test
  void aComparatorThatIsNoValueIsAReference() {
    var roundTrip = RoundTrip.copyingCollections();
    var set = new TreeSet<>(Comparator.<Integer>reverseOrder());
    set.addAll(Set.of(1, 2, 3));

    @Nullable Object copy = roundTrip.of(set);

    assertThat((Set<?>) copy).hasToString("[3, 2, 1]");
    assertThat(roundTrip.references().sent).containsExactly(Comparator.reverseOrder());
    assertThat(roundTrip.references().expected).containsExactly(Comparator.class);
  }

  @Test
  void aViewThatIsNeitherSetNorQueueIsCopiedAsAList() {
    assertThat(copied(new TreeMap<>(Map.of(1, "a", 2, "b")).values())).isEqualTo(List.of("a", "b"));
  }

  @Test
  void aQueueIsAReferenceEvenWhereCollectionsAreData() {
    var roundTrip = RoundTrip.copyingCollections();
    var queue = new ArrayDeque<>(List.of(1));

    assertThat(roundTrip.of(queue)).isSameAs(queue);
  }

  @Test
  void collectionsInsideCopiedOnesAreCopied() {
    var inner = new ArrayList<>(List.of(1));
    var outer = new ArrayList<>(List.of(inner, Map.of("k", inner)));

    assertThat(copied(outer)).isEqualTo(outer).isNotSameAs(outer);
  }

  @Test
  void aListOfEverythingArrives() {
    var roundTrip = RoundTrip.plain();
    Runnable lambda = () -> {};
    List<@Nullable Object> list =
        Stream.<@Nullable Object>of(1, "a", null, lambda, new Samples.Box<>(lambda)).toList();

    assertThat(roundTrip.of(list)).isEqualTo(list);
    assertThat(roundTrip.references().sent).containsExactly(lambda);
  }

  @Test
  void anElementOrAKeyOrAValueThatCannotBePassedIsNamed() {
    var bad = new Samples.Unreadable(1);
    String why = ": the accessor number() threw java.lang.IllegalStateException: not today";

    assertRefused(new ArrayList<>(List.of(1, bad)), "args[0][1]" + why);
    assertRefused(Map.of(bad, 1), "args[0][0].key" + why);
    assertRefused(Map.of(1, bad), "args[0][0].value" + why);
    assertRefused(Map.entry(1, bad), "args[0].value" + why);
  }

  @Test
  void anElementOrAKeyOrAValueThatCannotBeRebuiltIsNamed() {
    String unknown = "93 01 a3'a.B' a1'C'";
    String why = ": the class a.B is not known here; add it to the receiver's class path";

    assertRefused("91 93 09 01" + unknown, "args[0][1]" + why);
    assertRefused("91 95 10 c2c0 01" + unknown, "args[0][0].value" + why);
    assertRefused("91 97 10 c2c0 0102" + unknown + "03", "args[0][1].key" + why);
    assertRefused("91 93 0b 01" + unknown, "args[0][0].value" + why);
    assertRefused("91 93 0c 01" + unknown, "args[0].value" + why);
  }

  @Test
  void elementsThatCannotBeComparedFailInWords() {
    assertRefused(
        "91 95 0f c3c0 01 a1'a'",
        "args[0]: it cannot be rebuilt here: java.lang.ClassCastException: class java.lang.Integer"
            + " cannot be cast to class java.lang.String (java.lang.Integer and java.lang.String"
            + " are in module java.base of loader 'bootstrap')");
  }

  @Test
  void aHashCodeThatThrowsFailsInWords() {
    Set<?> set = Collections.singleton(new Samples.Unhashable(1));
    byte[] body = RoundTrip.plain().write(set);

    // two elements, so that the copy is no singleton
    byte[] two = Wire.bytes(Wire.hex(body).replaceFirst("92", "93") + "02");

    assertThatThrownBy(() -> RoundTrip.plain().read(two))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: it cannot be rebuilt here: java.lang.IllegalStateException: no"
                + " hash");
  }

  /** An element like any other of its class, unless one compares it. */
  private record Alike(int number) implements Comparable<Alike> {
    private static final int MANY = 2000;
    private static final AtomicLong COMPARED = new AtomicLong();

    @Override
    public int compareTo(Alike other) {
      COMPARED.incrementAndGet();
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      COMPARED.incrementAndGet();
      return other instanceof Alike alike && alike.number == number;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    static Set<Alike> many() {
      return IntStream.range(0, MANY).mapToObj(Alike::new).collect(toUnmodifiableSet());
    }
  }

  static Stream<Object> elementsOfOneHashCode() {
    return Stream.of(
        Alike.many(), Alike.many().stream().collect(toUnmodifiableMap(key -> key, key -> 1)));
  }

  @ParameterizedTest
  @MethodSource("elementsOfOneHashCode")
  void manyElementsOfOneHashCodeAreRebuiltWithFewComparisons(Object collection) {
    byte[] body = RoundTrip.plain().write(collection);
    Alike.COMPARED.set(0);

    RoundTrip.plain().read(body);

    assertThat(Alike.COMPARED.get()).isLessThan(Alike.MANY * 100);
  }

  @Test
  void aLargeImmutableSetThatArrivedCannotChangeAndHasNoNull() {
    Set<Integer> sent = IntStream.range(0, 100).boxed().collect(toUnmodifiableSet());
    @SuppressWarnings("unchecked")
    var set = (Set<Integer>) copied(sent);

    assertThat(set).isEqualTo(sent).hasSameHashCodeAs(sent).contains(99).doesNotContain(100);
    assertThat(sent).isEqualTo(set);
    assertRefused(
        UnsupportedOperationException.class,
        () -> set.add(1),
        () -> set.addAll(Set.of()),
        () -> set.remove(100),
        () -> set.removeAll(Set.of()),
        () -> set.removeIf(element -> false),
        () -> set.retainAll(sent),
        () -> removeFirst(set),
        set::clear);
    assertRefused(NullPointerException.class, () -> set.contains(null));
  }

  @Test
  void aLargeImmutableMapThatArrivedCannotChangeAndHasNoNull() {
    Map<Integer, Integer> sent =
        IntStream.range(0, 100).boxed().collect(toUnmodifiableMap(i -> i, i -> -i));
    @SuppressWarnings("unchecked")
    var map = (Map<Integer, Integer>) copied(sent);

    assertThat(map).isEqualTo(sent).hasSameHashCodeAs(sent).containsEntry(9, -9);
    assertThat(sent).isEqualTo(map);
    assertRefused(
        UnsupportedOperationException.class,
        () -> map.put(1, 1),
        () -> map.putAll(Map.of()),
        () -> map.putIfAbsent(1, 1),
        () -> map.remove(100),
        () -> map.remove(1, 1),
        () -> map.replace(100, 1),
        () -> map.replace(1, 1, 1),
        () -> map.replaceAll((key, value) -> value),
        () -> map.compute(1, (key, value) -> value),
        () -> map.computeIfAbsent(1, key -> 1),
        () -> map.computeIfPresent(100, (key, value) -> value),
        () -> map.merge(1, 1, (one, other) -> one),
        () -> map.entrySet().iterator().next().setValue(1),
        () -> removeFirst(map.entrySet()),
        () -> removeFirst(map.keySet()),
        () -> removeFirst(map.values()),
        map::clear);
    assertRefused(
        NullPointerException.class,
        () -> map.get(null),
        () -> map.containsKey(null),
        () -> map.containsValue(null),
        () -> map.getOrDefault(null, 1));
  }

  @Test
  void anEntryOfALargeImmutableMapThatArrivedIsAValue() {
    Map<?, ?> sent = IntStream.range(0, 100).boxed().collect(toUnmodifiableMap(i -> i, i -> -i));
    Map<?, ?> map = (Map<?, ?>) copied(sent);
    var roundTrip = RoundTrip.plain();

    for (Object entry : map.entrySet()) {
      assertThat(roundTrip.of(entry)).isEqualTo(entry);
    }
    assertThat(roundTrip.references().sent).isEmpty();
  }

  @Test
  void aLargeImmutableCollectionOfNullsIsRefused() {
    String elements = IntStream.range(0, 100).mapToObj("%02x"::formatted).collect(joining());
    String entries = IntStream.range(0, 100).mapToObj("%02x01"::formatted).collect(joining());
    String why = "args[0]: it cannot be rebuilt here: java.lang.NullPointerException: a ";

    assertRefused("91 dc 0066 0a c0" + elements, why + "set that cannot change has no null");
    assertRefused("91 dc 00cb 0b c001" + entries, why + "map that cannot change has no null");
    assertRefused("91 dc 00cb 0b 70c0" + entries, why + "map that cannot change has no null");
  }

  private static void removeFirst(Collection<?> collection) {
    Iterator<?> elements = collection.iterator();
    elements.next();
    elements.remove();
  }

  private static void assertRefused(
      Class<? extends Throwable> with, ThrowingCallable... operations) {
    for (ThrowingCallable operation : operations) {
      assertThatThrownBy(operation).isExactlyInstanceOf(with);
    }
  }

  private static Object copied(Object collection) {
    @Nullable Object copy = RoundTrip.copyingCollections().of(collection);
    assertThat(copy).isNotNull();
    return java.util.Objects.requireNonNull(copy);
  }

  private static void assertRefused(Object value, String what) {
    assertThatThrownBy(() -> RoundTrip.copyingCollections().write(value))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass " + what);
  }

  private static void assertRefused(String body, String what) {
    assertThatThrownBy(() -> RoundTrip.plain().read(Wire.bytes(body)))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass " + what);
  }
}
