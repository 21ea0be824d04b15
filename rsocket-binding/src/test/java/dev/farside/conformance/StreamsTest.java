package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Streams and what elements come from. */
@SuppressWarnings("MultipleParallelOrSequentialCalls") // each call is the subject
public class StreamsTest {
  /** What lives elsewhere. */
  public static class Streams {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Has no end. */
    public Stream<Integer> endless() {
      return Stream.generate(made::incrementAndGet).onClose(closed::incrementAndGet);
    }

    /** Has no end, made of one element. */
    public Stream<Integer> expanded() {
      return Stream.of(1)
          .flatMap(i -> Stream.generate(made::incrementAndGet))
          .onClose(closed::incrementAndGet);
    }

    /** The same of ints. */
    public IntStream expandedInts() {
      return IntStream.of(1).flatMap(i -> IntStream.generate(made::incrementAndGet));
    }

    /** How many were made. */
    public int made() {
      return made.get();
    }

    /** How many streams were closed. */
    public int closed() {
      return closed.get();
    }

    /** A stream that is an object like any other. */
    public Object object() {
      return list().stream();
    }

    /** What a collector of the caller makes of the elements. */
    public <A, R> R collectedBy(Collector<? super String, A, R> collector) {
      return list().stream().collect(collector);
    }

    /** Fails at the third. */
    public Stream<Integer> failing() {
      return Stream.of(1, 2, 3)
          .map(
              i -> {
                if (i == 3) {
                  throw new IllegalStateException("three");
                }
                return i;
              });
    }

    /** With null among them. */
    public Stream<String> withNull() {
      return Stream.of("a", null, "b");
    }

    /** No stream at all. */
    public Stream<String> none() {
      return null;
    }

    /** None of int. */
    public IntStream noInts() {
      return null;
    }

    /** Of int. */
    public IntStream ints() {
      return IntStream.rangeClosed(1, 4);
    }

    /** Of long. */
    public LongStream longs() {
      return LongStream.of(1L << 40, 2);
    }

    /** Of double. */
    public DoubleStream doubles() {
      return DoubleStream.of(0.5, 1.5);
    }

    /** What can be streamed more than once. */
    public List<String> list() {
      return new ArrayList<>(List.of("a", "b", "c"));
    }

    /** The elements of a stream of the caller. */
    public List<String> collected(Stream<String> stream) {
      return stream.toList();
    }

    /** The first of a stream of the caller, which is closed. */
    public int first(Stream<Integer> stream) {
      try (stream) {
        return stream.findFirst().orElseThrow();
      }
    }

    /** The sum of a stream of the caller. */
    public int sum(IntStream stream) {
      return stream.sum();
    }

    /** The stream itself, asked for more. */
    public Stream<String> upper(Stream<String> stream) {
      return stream.map(s -> s.toUpperCase(java.util.Locale.ROOT));
    }

    /** Can be gone through more than once. */
    public Iterable<Integer> iterable() {
      return () -> List.of(1, 2, 3).iterator();
    }

    /** Once. */
    public Iterator<Integer> iterator() {
      return new ArrayList<>(List.of(1, 2, 3)).iterator();
    }

    /** Of ints, once. */
    public PrimitiveIterator.OfInt intIterator() {
      return IntStream.of(5, 6).iterator();
    }

    /** Splits. */
    public Spliterator<Integer> spliterator() {
      return new ArrayList<>(List.of(1, 2, 3, 4)).spliterator();
    }

    /** The sum of what an iterable of the caller gives. */
    public int total(Iterable<Integer> numbers) {
      int total = 0;
      for (int number : numbers) {
        total += number;
      }
      return total;
    }

    /** The sum of what an iterator of the caller gives. */
    public int total(Iterator<Integer> numbers) {
      int total = 0;
      while (numbers.hasNext()) {
        total += numbers.next();
      }
      return total;
    }
  }

  @Conformance
  void aStreamIsWorkedOnAsUsual(Streams streams) {
    assertThat(
            streams.list().stream()
                .filter(s -> !s.equals("b"))
                .map(s -> s + s)
                .collect(Collectors.joining(",")))
        .isEqualTo("aa,cc");
    assertThat(streams.list().stream().collect(Collectors.groupingBy(String::length)))
        .isEqualTo(Map.of(1, List.of("a", "b", "c")));
    assertThat(streams.list().parallelStream().mapToInt(String::length).sum()).isEqualTo(3);
    assertThat(streams.list().stream().count()).isEqualTo(3);
    assertThat(streams.list().stream().toArray(String[]::new)).containsExactly("a", "b", "c");
  }

  @Conformance
  void anEndlessStreamMakesOnlyWhatIsAskedFor(Streams streams) {
    try (Stream<Integer> stream = streams.endless()) {
      assertThat(stream.limit(5).toList()).containsExactly(1, 2, 3, 4, 5);
    }
    assertThat(streams.made()).isBetween(5, 16);
  }

  @Conformance
  void whatOneElementExpandsToMayHaveNoEnd(Streams streams) {
    try (Stream<Integer> expanded = streams.expanded();
        IntStream ints = streams.expandedInts()) {
      assertThat(expanded.limit(3).toList()).hasSize(3).doesNotHaveDuplicates();
      assertThat(ints.limit(3).toArray()).hasSize(3);
    }
    Awaitility.await().untilAsserted(() -> assertThat(streams.closed()).isEqualTo(1));
  }

  @Conformance
  void closingReachesTheOwner(Streams streams) {
    Stream<Integer> stream = streams.endless();
    assertThat(stream.findFirst()).contains(1);
    assertThat(streams.closed()).isZero();
    stream.close();
    Awaitility.await().until(() -> streams.closed() == 1);
  }

  @Conformance
  void handlersOfTheCallerRunWhenItCloses(Streams streams) {
    var closed = new ArrayList<String>();
    Stream<String> stream =
        streams.list().stream().onClose(() -> closed.add("1")).onClose(() -> closed.add("2"));
    assertThat(stream.toList()).hasSize(3);
    assertThat(closed).isEmpty();
    stream.close();
    assertThat(closed).containsExactly("1", "2");
  }

  @Conformance
  void aStreamIsUsedOnce(Streams streams) {
    Stream<String> stream = streams.list().stream();
    assertThat(stream.count()).isEqualTo(3);
    assertThatThrownBy(stream::count).isExactlyInstanceOf(IllegalStateException.class);
    Stream<Integer> closed = streams.endless();
    closed.close();
    assertThatThrownBy(closed::findFirst).isExactlyInstanceOf(IllegalStateException.class);
  }

  @Conformance
  void whatAStreamThrowsComesAfterWhatItGave(Streams streams) {
    var heard = new ArrayList<Integer>();
    assertThatThrownBy(() -> streams.failing().forEach(heard::add))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("three");
    assertThat(heard).containsExactly(1, 2);
  }

  @Conformance
  void nullIsAnElement(Streams streams) {
    assertThat(streams.withNull().toList()).containsExactly("a", null, "b");
  }

  @Conformance
  void aStreamMayBeNull(Streams streams) {
    assertThat(streams.none()).isNull();
    assertThat(streams.noInts()).isNull();
    assertThat(streams.withNull().findFirst()).hasValue("a");
  }

  @Conformance
  void primitivesAreStreamed(Streams streams) {
    assertThat(streams.ints().sum()).isEqualTo(10);
    assertThat(streams.ints().average()).hasValue(2.5);
    assertThat(streams.ints().boxed().toList()).containsExactly(1, 2, 3, 4);
    assertThat(streams.longs().max()).hasValue(1L << 40);
    assertThat(streams.doubles().summaryStatistics().getMax()).isEqualTo(1.5);
    assertThat(streams.ints().asLongStream().toArray()).containsExactly(1, 2, 3, 4);
  }

  @Conformance
  void aStreamSaysWhetherItIsParallel(Streams streams) {
    assertThat(streams.list().stream().isParallel()).isFalse();
    assertThat(streams.list().stream().parallel().isParallel()).isTrue();
    assertThat(streams.list().parallelStream().sequential().isParallel()).isFalse();
  }

  @Conformance
  @SuppressWarnings("unchecked")
  void aCollectorOfTheCallerWorksThere(Streams streams) {
    assertThat(streams.collectedBy(Collectors.toList())).containsExactly("a", "b", "c");
    assertThat(streams.collectedBy(Collectors.joining("+"))).isEqualTo("a+b+c");
    assertThat(streams.collectedBy(Collectors.counting())).isEqualTo(3);
    assertThat(((Stream<String>) streams.object()).collect(Collectors.toList()))
        .containsExactly("a", "b", "c");
    assertThat(((Stream<String>) streams.object()).collect(Collectors.joining())).isEqualTo("abc");
    List<Object> both =
        ((Stream<String>) streams.object())
            .collect(Collectors.teeing(Collectors.counting(), Collectors.joining(), List::of));
    assertThat(both).containsExactly(3L, "abc");
  }

  @Conformance
  void aGathererOfTheCallerWorksThere(Streams streams) throws Exception {
    if (Runtime.version().feature() < 24) {
      return; // there are none
    }
    Class<?> gatherer = Class.forName("java.util.stream.Gatherer");
    Object pairs =
        Class.forName("java.util.stream.Gatherers")
            .getMethod("windowFixed", int.class)
            .invoke(null, 2);
    var gathered =
        (Stream<?>) Stream.class.getMethod("gather", gatherer).invoke(streams.object(), pairs);
    assertThat(gathered.map(String::valueOf).toList()).isEqualTo(List.of("[a, b]", "[c]"));
  }

  @Conformance
  void aStreamOfTheCallerIsReadThere(Streams streams) {
    assertThat(streams.collected(Stream.of("a", "b"))).containsExactly("a", "b");
    assertThat(streams.sum(IntStream.of(1, 2, 3))).isEqualTo(6);
    assertThat(streams.upper(Stream.of("a", "b")).toList()).containsExactly("A", "B");
    var used = Stream.of("a");
    streams.collected(used);
    assertThatThrownBy(used::count).isExactlyInstanceOf(IllegalStateException.class);
  }

  @Conformance
  void aStreamOfTheCallerIsLazyAndClosedThere(Streams streams) {
    var made = new AtomicInteger();
    var closed = new AtomicInteger();
    Stream<Integer> stream =
        Stream.generate(made::incrementAndGet).onClose(closed::incrementAndGet);
    assertThat(streams.first(stream)).isEqualTo(1);
    assertThat(made.get()).isEqualTo(1);
    assertThat(closed.get()).isEqualTo(1);
  }

  @Conformance
  void anIterableIsGoneThroughMoreThanOnce(Streams streams) {
    Iterable<Integer> iterable = streams.iterable();
    for (int i = 0; i < 2; i++) {
      int sum = 0;
      for (int number : iterable) {
        sum += number;
      }
      assertThat(sum).isEqualTo(6);
    }
    var heard = new ArrayList<Integer>();
    iterable.forEach(heard::add);
    assertThat(heard).containsExactly(1, 2, 3);
  }

  @Conformance
  void anIteratorEnds(Streams streams) {
    Iterator<Integer> iterator = streams.iterator();
    assertThat(iterator.next()).isEqualTo(1);
    var heard = new ArrayList<Integer>();
    iterator.forEachRemaining(heard::add);
    assertThat(heard).containsExactly(2, 3);
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    PrimitiveIterator.OfInt ints = streams.intIterator();
    assertThat(ints.nextInt()).isEqualTo(5);
    assertThat(ints.next()).isEqualTo(6);
    assertThat(ints.hasNext()).isFalse();
  }

  @Conformance
  void aSpliteratorSplitsAndAdvances(Streams streams) {
    Spliterator<Integer> rest = streams.spliterator();
    assertThat(rest.estimateSize()).isEqualTo(4);
    assertThat(rest.hasCharacteristics(Spliterator.SIZED)).isTrue();
    Spliterator<Integer> first = rest.trySplit();
    var heard = new ArrayList<Integer>();
    assertThat(first.tryAdvance(heard::add)).isTrue();
    first.forEachRemaining(heard::add);
    assertThat(first.tryAdvance(heard::add)).isFalse();
    rest.forEachRemaining(heard::add);
    assertThat(heard).containsExactly(1, 2, 3, 4);
    assertThat(
            java.util.stream.StreamSupport.stream(streams.spliterator(), false)
                .mapToInt(i -> i)
                .sum())
        .isEqualTo(10);
  }

  @Conformance
  void whatGivesElementsMayBeTheCallers(Streams streams) {
    assertThat(streams.total(Arrays.asList(1, 2, 3))).isEqualTo(6);
    Iterable<Integer> iterable = () -> List.of(4, 5).iterator();
    assertThat(streams.total(iterable)).isEqualTo(9);
    Iterator<Integer> iterator = new ArrayList<>(List.of(1, 2)).iterator();
    assertThat(streams.total(iterator)).isEqualTo(3);
    assertThat(iterator.hasNext()).isFalse();
  }

  @Conformance
  void streamsAreSortedSkippedAndJoined(Streams streams) {
    assertThat(streams.list().stream().sorted().skip(1).peek(s -> {}).distinct().toList())
        .containsExactly("b", "c");
    assertThat(Stream.concat(streams.list().stream(), streams.list().stream()).count())
        .isEqualTo(6);
  }
}
