package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.CallCancelledException;
import dev.farside.OneWay;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Elements are made ahead only where their reader, and others, cannot tell. */
@Timeout(60)
public class AheadTest {
  private static final int MANY = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @RegisterExtension
  final TwoSides sides = TwoSides.over(Transport.TCP).far(far -> far.callTimeout(PATIENCE));

  /** Makes elements of what its caller says. */
  public interface Source {
    Stream<Integer> stream(IntUnaryOperator each);

    Stream<Integer> flat(IntUnaryOperator each);

    Iterator<Integer> iterator(IntUnaryOperator each);
  }

  private static class PlainSource implements Source {
    @Override
    public Stream<Integer> stream(IntUnaryOperator each) {
      return IntStream.range(0, 6).map(each).boxed();
    }

    @Override
    public Stream<Integer> flat(IntUnaryOperator each) {
      return Stream.of(0).flatMap(n -> stream(each));
    }

    @Override
    public Iterator<Integer> iterator(IntUnaryOperator each) {
      return stream(each).iterator();
    }
  }

  private Source source() {
    return sides.lookup(new PlainSource(), Source.class);
  }

  /** Takes longer for one element than calls have time, when the next ones may be made. */
  private static List<Integer> readSlowly(Iterator<Integer> elements) throws InterruptedException {
    var read = new ArrayList<Integer>();
    var nothing = new CountDownLatch(1);
    while (elements.hasNext()) {
      read.add(elements.next());
      if (read.size() == 2) {
        assertThat(nothing.await(PATIENCE.toMillis() * 3 / 2, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
    return read;
  }

  @Test
  void aSlowReaderTakesNoTimeOfWhatIsCalledForElements() throws InterruptedException {
    Source source = source();
    assertThat(readSlowly(source.stream(n -> n).iterator())).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(readSlowly(source.iterator(n -> n))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(readSlowly(source.flat(n -> n).iterator())).containsExactly(0, 1, 2, 3, 4, 5);
  }

  /** Is written while it is read, by one thread. */
  public interface Journal {
    Iterator<Integer> lines();

    Iterable<Integer> all();

    void append(int line);
  }

  /** Not thread-safe: notes how many threads are in it at once. */
  private static final class PlainJournal implements Journal {
    private final List<Integer> lines = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private <T> T inside(Supplier<T> work) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        Thread.onSpinWait();
        return work.get();
      } finally {
        inside.decrementAndGet();
      }
    }

    @Override
    public Iterator<Integer> lines() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return inside(() -> next < lines.size());
        }

        @Override
        public Integer next() {
          return inside(() -> lines.get(next++));
        }
      };
    }

    @Override
    public Iterable<Integer> all() {
      return this::lines;
    }

    @Override
    public void append(int line) {
      inside(() -> lines.add(line));
    }
  }

  @Test
  void anIteratorAndTheNextCallOfItsReaderAreNotCarriedOutAtOnce() {
    var there = new PlainJournal();
    Journal journal = sides.lookup(there, Journal.class);
    IntStream.range(0, MANY).forEach(journal::append);
    int read = 0;
    for (Iterator<Integer> lines = journal.lines(); read < MANY && lines.hasNext(); read++) {
      journal.append(lines.next());
    }
    for (int line : journal.all()) {
      if (++read == 2 * MANY) {
        break;
      }
      journal.append(line);
    }
    assertThat(read).isEqualTo(2 * MANY);
    assertThat(there.most).hasValue(1);
  }

  /** Heeds no interrupt, and takes its time in the middle; notes how many threads are in it. */
  private static final class Stubborn implements Iterator<Integer> {
    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private int next;

    @Override
    public boolean hasNext() {
      if (inside.get() > 0) {
        entered.countDown();
      }
      return next < 4;
    }

    @Override
    public Integer next() {
      inside.incrementAndGet();
      try {
        if (next == 2) {
          inTheMiddle.countDown();
          awaitEntered();
        }
        return next++;
      } finally {
        inside.decrementAndGet();
      }
    }

    private void awaitEntered() {
      long end = System.nanoTime() + PATIENCE.toNanos() / 2;
      while (entered.getCount() > 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whoIsInterruptedAndReadsOnWaitsForTheElementThatIsBeingMade() throws Exception {
    var there = new Stubborn();
    Source given =
        new PlainSource() {
          @Override
          public Iterator<Integer> iterator(IntUnaryOperator each) {
            return there;
          }
        };
    Iterator<Integer> elements = sides.lookup(given, Source.class).iterator(n -> n);
    Thread reader = Thread.currentThread();
    var interrupter =
        new Thread(
            () -> {
              try {
                there.inTheMiddle.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              reader.interrupt();
            });
    interrupter.start();
    var read = new ArrayList<Integer>();
    boolean interrupted = false;
    while (read.isEmpty() || read.get(read.size() - 1) < 3) {
      try {
        read.add(elements.next());
      } catch (CallCancelledException e) {
        interrupted = Thread.interrupted();
      }
    }
    interrupter.join();
    interrupted |= Thread.interrupted();
    assertThat(interrupted).isTrue();
    assertThat(read).contains(0, 3).isSorted();
    assertThat(there.entered.getCount()).isEqualTo(1);
  }

  /** What its reader writes, it reads. */
  public interface Echo {
    Iterator<Integer> heard();

    void say(int word);
  }

  private static final class Pipe implements Echo {
    private final BlockingQueue<Integer> words = new LinkedBlockingQueue<>();

    @Override
    public Iterator<Integer> heard() {
      return Stream.generate(this::take).iterator();
    }

    private int take() {
      try {
        return words.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void say(int word) {
      words.add(word);
    }
  }

  @Test
  void anIteratorMayNeedWhatItsReaderDoesNext() {
    Echo echo = sides.lookup(new Pipe(), Echo.class);
    Iterator<Integer> heard = echo.heard();
    for (int word = 0; word < 20; word++) {
      echo.say(word);
      assertThat(heard.next()).isEqualTo(word);
    }
  }

  @Test
  void aCallbackForAnElementReadsTheIteratorThatItsReaderWaitsFor() {
    Source source = source();
    Echo echo = sides.lookup(new Pipe(), Echo.class);
    Iterator<Integer> heard = echo.heard();
    IntUnaryOperator hears =
        n -> {
          echo.say(n);
          return heard.next();
        };
    Iterator<Integer> elements = source.stream(hears).iterator();
    assertThat(elements.next()).isZero();
    echo.say(-1);
    assertThat(heard.next() + elements.next()).isZero();
  }

  /** Hears of elements. */
  public interface Listener {
    @OneWay
    void note(int n);

    int ask(int n);
  }

  /** Calls a listener. */
  public interface Teller {
    void note(Listener listener);

    Stream<Integer> ask(Listener listener);
  }

  private static final class PlainTeller implements Teller {
    @Override
    public void note(Listener listener) {
      listener.note(0);
    }

    @Override
    public Stream<Integer> ask(Listener listener) {
      return IntStream.range(0, 3).map(listener::ask).boxed();
    }
  }

  @Test
  void whatIsCalledForAnElementWaitsForNothingThatNeedsTheLockOfTheReader() throws Exception {
    Teller teller = sides.lookup(new PlainTeller(), Teller.class);
    var lock = new ReentrantLock();
    var noting = new CountDownLatch(1);
    var noted = new CountDownLatch(1);
    var listener =
        new Listener() {
          @Override
          public void note(int n) {
            noting.countDown();
            lock.lock();
            try {
              noted.countDown();
            } finally {
              lock.unlock();
            }
          }

          @Override
          public int ask(int n) {
            return n;
          }
        };
    lock.lock();
    try {
      new Thread(() -> teller.note(listener)).start();
      assertThat(noting.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(teller.ask(listener).toList()).containsExactly(0, 1, 2);
    } finally {
      lock.unlock();
    }
    assertThat(noted.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
