package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is called back while an element is made, is called as part of reading it. */
@Timeout(60)
public class ReaderCallbacksTest {
  private static final int MANY = 1_000;

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** Asks its caller about each element. */
  public interface Finder {
    Stream<Integer> find(IntPredicate wanted);

    Iterable<Integer> all(IntPredicate wanted);

    Supplier<Stream<Integer>> later(IntPredicate wanted);

    /** Gives what it is given. */
    int ask(IntSupplier from);
  }

  private static class PlainFinder implements Finder {
    @Override
    public Stream<Integer> find(IntPredicate wanted) {
      return IntStream.range(0, MANY).filter(wanted).boxed();
    }

    @Override
    public Iterable<Integer> all(IntPredicate wanted) {
      return () -> find(wanted).iterator();
    }

    @Override
    public Supplier<Stream<Integer>> later(IntPredicate wanted) {
      return () -> find(wanted);
    }

    @Override
    public int ask(IntSupplier from) {
      return from.getAsInt();
    }
  }

  private Finder finder() {
    return sides.lookup(new PlainFinder(), Finder.class);
  }

  /** A predicate for those that hold the lock; notes who asks. */
  private static IntPredicate even(ReentrantLock lock, List<Thread> askers) {
    return n -> {
      lock.lock();
      try {
        askers.add(Thread.currentThread());
        return n % 2 == 0;
      } finally {
        lock.unlock();
      }
    };
  }

  private static void readOnOneThread(ToLongFunction<IntPredicate> read) {
    var lock = new ReentrantLock();
    List<Thread> askers = new ArrayList<>();
    lock.lock();
    try {
      assertThat(read.applyAsLong(even(lock, askers))).isEqualTo(MANY / 2);
    } finally {
      lock.unlock();
    }
    assertThat(askers).hasSize(MANY).containsOnly(Thread.currentThread());
  }

  @Test
  void itEntersTheLockThatTheReaderOfAStreamHolds() {
    Finder finder = finder();
    readOnOneThread(wanted -> finder.find(wanted).filter(n -> true).count());
  }

  @Test
  void itEntersTheLockThatTheReaderOfAnIterableHolds() {
    Finder finder = finder();
    readOnOneThread(
        wanted -> {
          long count = 0;
          for (int n : finder.all(wanted)) {
            count += n % 2 == 0 ? 1 : 0;
          }
          return count;
        });
  }

  @Test
  void itEntersTheLockThatTheReaderOfAHeldStreamHolds() {
    Finder finder = finder();
    readOnOneThread(wanted -> finder.later(wanted).get().filter(n -> true).count());
  }

  @Test
  void itIsCarriedOutWhileTheReaderWaitsInAnotherCall() {
    Finder finder = finder();
    var asked = new CountDownLatch(1);
    List<Thread> askers = new ArrayList<>();
    Iterator<Integer> found =
        finder
            .find(
                n -> {
                  if (n == 2) {
                    askers.add(Thread.currentThread());
                    asked.countDown();
                  }
                  return true;
                })
            .iterator();
    assertThat(found.next()).isZero();
    assertThat(found.next()).isEqualTo(1); // the next one may be made by now
    assertThat(finder.ask(() -> 7)).isEqualTo(7);
    assertThat(found.next()).isEqualTo(2);
    assertThat(asked.getCount()).isZero();
    assertThat(askers).containsOnly(Thread.currentThread());
    while (found.hasNext()) {
      found.next();
    }
  }

  @Test
  void whatIsLeftWhenTheStreamIsClosedHoldsUpNobody() {
    var made = new CountDownLatch(1);
    Finder there =
        new PlainFinder() {
          @Override
          public Stream<Integer> find(IntPredicate wanted) {
            return super.find(wanted).onClose(made::countDown);
          }
        };
    Finder finder = sides.lookup(there, Finder.class);
    try (Stream<Integer> found = finder.find(n -> n < MANY)) {
      assertThat(found.iterator().next()).isZero();
    }
    assertThat(joins(made)).isTrue();
  }

  @Serial
  private static final class SerialFinder extends PlainFinder {}

  @Test
  void aSerialObjectIsCalledBetweenItsElements() {
    Finder finder = sides.lookup(new SerialFinder(), Finder.class);
    var monitor = new Object();
    IntPredicate wanted =
        n -> {
          synchronized (monitor) {
            return finder.ask(() -> n) == n;
          }
        };
    int sum = 0;
    for (Iterator<Integer> found = finder.find(wanted).iterator(); found.hasNext(); ) {
      int n = found.next();
      synchronized (monitor) {
        sum +=
            finder.ask(
                () -> {
                  synchronized (monitor) {
                    return n;
                  }
                });
      }
    }
    assertThat(sum).isEqualTo(MANY * (MANY - 1) / 2);
  }

  /** For one caller at a time. */
  @Serial
  private static final class SerialPredicate implements IntPredicate, IntSupplier {
    @Override
    public boolean test(int n) {
      return true;
    }

    @Override
    public int getAsInt() {
      return 7;
    }
  }

  @Test
  void aSerialObjectIsFreeForOthersBetweenTheElementsThatItIsAskedAbout() throws Exception {
    Finder finder = finder();
    var predicate = new SerialPredicate();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Stream<Integer> found = finder.find(predicate)) {
      for (int n : (Iterable<Integer>) found::iterator) {
        Future<Integer> asked = other.submit(() -> finder.ask(predicate) + n);
        assertThat(asked.get(30, TimeUnit.SECONDS)).isEqualTo(7 + n);
      }
    } finally {
      other.shutdownNow();
    }
  }

  private static boolean joins(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
