package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Peer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What gives elements and is no collection, and streams that are held. */
public class LazySourcesTest {
  private static final int MANY = 10_000;
  private static final int FEW = 200;

  /** Makes elements one by one. */
  private static <T> Iterator<T> counting(int end, IntFunction<T> making) {
    return new Iterator<>() {
      private int next = 1;

      @Override
      public boolean hasNext() {
        return next <= end;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException("only " + end);
        }
        return making.apply(next++);
      }
    };
  }

  /** Takes elements of the caller. */
  public interface Taking {
    int take(Iterator<Integer> numbers);
  }

  /** What lives elsewhere. */
  public static class Sources {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<Integer> removed = new ArrayList<>();
    private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    private final Deque<Integer> work = new ArrayDeque<>(List.of(1));

    /** From 1 on. */
    public Iterator<Integer> numbers(int end) {
      return counting(end, n -> made.incrementAndGet());
    }

    /** Again and again. */
    public Iterable<Integer> iterable(int end) {
      return () -> counting(end, n -> made.incrementAndGet());
    }

    /** What a list holds. */
    @SuppressWarnings("UnnecessaryMethodReference") // it is to be no collection
    public Iterable<Integer> ofList(int end) {
      List<Integer> list = list(end);
      return list::iterator;
    }

    private static List<Integer> list(int end) {
      return IntStream.rangeClosed(1, end).boxed().collect(ArrayList::new, List::add, List::addAll);
    }

    /** Has two ends. */
    public Deque<Integer> deque(int end) {
      return new ArrayDeque<>(list(end));
    }

    /** Has two ends. */
    public NavigableSet<Integer> set(int end) {
      return new TreeSet<>(list(end));
    }

    /** How many were made. */
    public int made() {
      return made.get();
    }

    /** Fails at the third, and goes on. */
    public Iterator<Integer> failing() {
      return counting(
          5,
          n -> {
            if (n == 3) {
              throw new IllegalStateException("three");
            }
            return n;
          });
    }

    /** Tells what is removed. */
    public Iterator<Integer> removing() {
      return new Iterator<>() {
        private final Iterator<Integer> numbers = counting(5, n -> n);
        private int last;

        @Override
        public boolean hasNext() {
          return numbers.hasNext();
        }

        @Override
        public Integer next() {
          last = numbers.next();
          return last;
        }

        @Override
        public void remove() {
          removed.add(last);
        }
      };
    }

    /** What was removed. */
    public List<Integer> removed() {
      return List.copyOf(removed);
    }

    /** Waits for each. */
    public Iterable<Integer> waiting() {
      return () ->
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Integer next() {
              try {
                return queue.take();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
          };
    }

    /** What is waited for. */
    public void put(int number) {
      queue.add(number);
    }

    /** What is to be done, as long as there is some. */
    public Iterator<Integer> work() {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return !work.isEmpty();
        }

        @Override
        public Integer next() {
          return work.removeFirst();
        }
      };
    }

    /** More work. */
    public void more(int number) {
      work.add(number);
    }

    /** Adds them. */
    public int sum(Iterable<Integer> numbers) {
      int sum = 0;
      for (int number : numbers) {
        sum += number;
      }
      return sum;
    }

    /** The first two of an iterator of the caller. */
    public int firstTwo(Iterator<Integer> numbers) {
      return numbers.next() + numbers.next();
    }

    /** A stream, to be held. */
    public Supplier<Stream<Integer>> stream(int end) {
      return () ->
          IntStream.rangeClosed(1, end)
              .mapToObj(n -> made.incrementAndGet())
              .onClose(closed::incrementAndGet);
    }

    /** A stream of ints, to be held. */
    public Supplier<IntStream> ints(int end) {
      return () -> IntStream.rangeClosed(1, end);
    }

    /** How often a stream was closed. */
    public int closed() {
      return closed.get();
    }

    /** What becomes of a stream of the caller. */
    public int work(Stream<Integer> stream) {
      return stream.map(n -> n + 1).filter(n -> n % 2 == 0).mapToInt(n -> n).sum();
    }
  }

  private static long requests(Peer peer, Runnable action) {
    long before = peer.stats().requestsSent() + peer.stats().requestsReceived();
    action.run();
    return peer.stats().requestsSent() + peer.stats().requestsReceived() - before;
  }

  private static int count(Iterator<Integer> numbers) {
    int count = 0;
    while (numbers.hasNext()) {
      numbers.next();
      count++;
    }
    return count;
  }

  @Conformance(here = false)
  void elementsOfAnIteratorTakeFewRequests(Sources sources, Peer peer) {
    assertThat(requests(peer, () -> assertThat(count(sources.numbers(MANY))).isEqualTo(MANY)))
        .isLessThanOrEqualTo(FEW);
    Iterator<Integer> rest = sources.numbers(MANY);
    rest.next();
    var heard = new ArrayList<Integer>();
    assertThat(requests(peer, () -> rest.forEachRemaining(heard::add))).isLessThanOrEqualTo(FEW);
    assertThat(heard).hasSize(MANY - 1);
    assertThat(
            requests(
                peer,
                () -> {
                  assertThat(count(sources.deque(MANY).descendingIterator())).isEqualTo(MANY);
                  assertThat(count(sources.set(MANY).descendingIterator())).isEqualTo(MANY);
                }))
        .isLessThanOrEqualTo(FEW);
  }

  @Conformance(here = false)
  void elementsOfAnIterableTakeFewRequests(Sources sources, Peer peer) {
    for (Iterable<Integer> iterable : List.of(sources.iterable(MANY), sources.ofList(MANY))) {
      assertThat(requests(peer, () -> assertThat(count(iterable.iterator())).isEqualTo(MANY)))
          .isLessThanOrEqualTo(FEW);
      var heard = new ArrayList<Integer>();
      assertThat(requests(peer, () -> iterable.forEach(heard::add))).isLessThanOrEqualTo(FEW);
      assertThat(heard).hasSize(MANY);
      assertThat(
              requests(
                  peer,
                  () ->
                      assertThat(StreamSupport.stream(iterable.spliterator(), false).toList())
                          .hasSize(MANY)))
          .isLessThanOrEqualTo(FEW);
    }
  }

  @Conformance(here = false)
  void elementsOfTheCallerTakeFewRequests(Sources sources, Peer peer) {
    assertThat(
            requests(
                peer,
                () ->
                    assertThat(sources.sum(() -> counting(MANY, n -> n)))
                        .isEqualTo(MANY * (MANY + 1) / 2)))
        .isLessThanOrEqualTo(FEW);
    assertThat(
            requests(
                peer,
                () ->
                    assertThat(sources.work(IntStream.range(0, MANY).boxed()))
                        .isEqualTo(MANY / 2 * (MANY / 2 + 1))))
        .isLessThanOrEqualTo(FEW);
  }

  @Conformance(here = false)
  void elementsOfAStreamThatIsHeldTakeFewRequests(Sources sources, Peer peer) {
    Supplier<Stream<Integer>> streams = sources.stream(MANY);
    var heard = new ArrayList<Integer>();
    assertThat(requests(peer, () -> streams.get().map(n -> n + 1).forEach(heard::add)))
        .isLessThanOrEqualTo(FEW);
    assertThat(heard).hasSize(MANY);
    assertThat(
            requests(
                peer, () -> assertThat(sources.ints(MANY).get().map(n -> 1).sum()).isEqualTo(MANY)))
        .isLessThanOrEqualTo(FEW);
  }

  @Conformance
  void nothingIsMadeBeforeItIsAskedFor(Sources sources) {
    Iterator<Integer> endless = sources.numbers(Integer.MAX_VALUE);
    Iterable<Integer> iterable = sources.iterable(Integer.MAX_VALUE);
    Stream<Integer> stream = sources.stream(Integer.MAX_VALUE).get();
    assertThat(sources.made()).isZero();
    assertThat(endless.next()).isEqualTo(1);
    assertThat(sources.made()).isEqualTo(1);
    for (int number : iterable) {
      if (number > 5) {
        break;
      }
    }
    assertThat(stream.limit(3).count()).isEqualTo(3);
    assertThat(sources.made()).isLessThanOrEqualTo(32);
  }

  @Conformance
  void anIteratorGoesOnAfterAnError(Sources sources) {
    Iterator<Integer> numbers = sources.failing();
    assertThat(List.of(numbers.next(), numbers.next())).containsExactly(1, 2);
    assertThat(numbers.hasNext()).isTrue();
    assertThatThrownBy(numbers::next)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("three");
    assertThat(count(numbers)).isEqualTo(2);
    assertThatThrownBy(numbers::next)
        .isExactlyInstanceOf(NoSuchElementException.class)
        .hasMessage("only 5");
    assertThatThrownBy(numbers::remove).isExactlyInstanceOf(UnsupportedOperationException.class);
  }

  @Conformance
  void anIteratorRemovesWhatItGave(Sources sources) {
    Iterator<Integer> numbers = sources.removing();
    while (numbers.hasNext()) {
      if (numbers.next() % 2 == 0) {
        numbers.remove();
      }
    }
    assertThat(sources.removed()).containsExactly(2, 4);
    Iterable<Integer> ofList = sources.ofList(12);
    for (Iterator<Integer> each = ofList.iterator(); each.hasNext(); ) {
      if (each.next() % 3 != 0) {
        each.remove();
      }
    }
    assertThat(ofList).containsExactly(3, 6, 9, 12);
    Deque<Integer> deque = sources.deque(12);
    for (Iterator<Integer> each = deque.descendingIterator(); each.hasNext(); ) {
      if (each.next() % 3 != 0) {
        each.remove();
      }
    }
    assertThat(List.copyOf(deque)).containsExactly(3, 6, 9, 12);
  }

  @Conformance
  void anElementDoesNotWaitForTheNext(Sources sources) {
    sources.put(1);
    for (int number : sources.waiting()) {
      if (number == 20) {
        break;
      }
      sources.put(number + 1);
    }
  }

  @Conformance
  void whatIsAddedAtTheEndIsStillSeen(Sources sources) {
    var seen = new ArrayList<Integer>();
    for (Iterator<Integer> work = sources.work(); work.hasNext(); ) {
      int number = work.next();
      seen.add(number);
      if (number < 9) {
        sources.more(number + 1);
      }
    }
    assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Conformance
  void anIteratorOfTheCallerGoesOnWhereItWasLeft(Sources sources) {
    Iterator<Integer> numbers = counting(6, n -> n);
    assertThat(sources.firstTwo(numbers)).isEqualTo(3);
    assertThat(sources.firstTwo(numbers)).isEqualTo(7);
    assertThat(numbers.next()).isEqualTo(5);
    Iterator<Integer> ofList = Arrays.asList(1, 2, 3).iterator();
    assertThat(sources.firstTwo(ofList)).isEqualTo(3);
    assertThat(ofList.next()).isEqualTo(3);
  }

  @Conformance
  void elementsOfTheCallerCallBack(Sources sources) {
    assertThat(sources.sum(() -> counting(40, n -> sources.sum(List.of(n, n))))).isEqualTo(1640);
  }

  @Conformance
  void aStreamThatIsHeldIsUsedOnceAndClosedWhenItIs(Sources sources) {
    Stream<Integer> stream = sources.stream(5).get();
    var closedHere = new AtomicInteger();
    Stream<Integer> same = stream.onClose(closedHere::incrementAndGet);
    assertThat(same.map(n -> Thread.currentThread()).distinct().toList())
        .containsExactly(Thread.currentThread());
    assertThatThrownBy(stream::count)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("stream has already been operated upon or closed");
    assertThat(sources.closed()).isZero();
    stream.close();
    stream.close();
    assertThat(sources.closed()).isEqualTo(1);
    assertThat(closedHere).hasValue(1);
    Stream<Integer> unused = sources.stream(5).get();
    unused.close();
    assertThat(sources.closed()).isEqualTo(2);
    assertThatThrownBy(unused::count).isExactlyInstanceOf(IllegalStateException.class);
  }
}
