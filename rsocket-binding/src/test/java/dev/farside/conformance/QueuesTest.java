package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Stack;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Queues, those that wait too. */
@SuppressWarnings("JdkObsolete") // users have old classes, too
public class QueuesTest {
  /** What lives elsewhere. */
  public static class Queues {
    /** Both ends. */
    public Deque<String> deque() {
      return new ArrayDeque<>();
    }

    /** A class of its own. */
    public Stack<String> stack() {
      return new Stack<>();
    }

    /** Smallest first. */
    public PriorityQueue<Integer> smallestFirst() {
      return new PriorityQueue<>();
    }

    /** As the caller orders them. */
    public PriorityQueue<String> ordered(Comparator<String> order) {
      return new PriorityQueue<>(order);
    }

    /** Holds so many. */
    public BlockingQueue<String> bounded(int capacity) {
      return new ArrayBlockingQueue<>(capacity);
    }

    /** Both ends, waiting. */
    public LinkedBlockingDeque<String> blockingDeque() {
      return new LinkedBlockingDeque<>();
    }

    /** For many threads. */
    public Queue<String> concurrent() {
      return new ConcurrentLinkedQueue<>();
    }

    /** Holds nothing. */
    public SynchronousQueue<Object> handover() {
      return new SynchronousQueue<>();
    }

    /** Waits for who takes. */
    public TransferQueue<String> transfer() {
      return new LinkedTransferQueue<>();
    }

    /** Waits for the time of an element. */
    public DelayQueue<Delayed> delayed() {
      return new DelayQueue<>();
    }

    /** Two meet. */
    public Exchanger<String> exchanger() {
      return new Exchanger<>();
    }

    /** Puts into the caller's queue what it takes from another of the caller's. */
    public void move(BlockingQueue<String> from, BlockingQueue<String> to)
        throws InterruptedException {
      to.put(from.take());
    }
  }

  @Conformance
  void aDequeHasTwoEnds(Queues queues) {
    Deque<String> deque = queues.deque();
    deque.addLast("b");
    deque.addFirst("a");
    deque.push("0");
    assertThat(deque.offerLast("c")).isTrue();
    assertThat(deque.peekFirst()).isEqualTo("0");
    assertThat(deque.pop()).isEqualTo("0");
    assertThat(deque.pollLast()).isEqualTo("c");
    var down = new ArrayList<String>();
    deque.descendingIterator().forEachRemaining(down::add);
    assertThat(down).containsExactly("b", "a");
    assertThat(deque.removeFirstOccurrence("a")).isTrue();
    assertThat(deque.remove()).isEqualTo("b");
    assertThat(deque.poll()).isNull();
    assertThatThrownBy(deque::element).isExactlyInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> deque.add(null)).isExactlyInstanceOf(NullPointerException.class);
  }

  @Conformance
  void aStackPushesAndPops(Queues queues) {
    Stack<String> stack = queues.stack();
    assertThat(stack.push("a")).isEqualTo("a");
    stack.push("b");
    assertThat(stack.search("a")).isEqualTo(2);
    assertThat(stack.pop()).isEqualTo("b");
    assertThat(stack.peek()).isEqualTo("a");
    assertThat(stack.empty()).isFalse();
  }

  @Conformance
  void thePriorityDecides(Queues queues) {
    PriorityQueue<Integer> queue = queues.smallestFirst();
    queue.addAll(List.of(3, 1, 2));
    assertThat(List.of(queue.poll(), queue.remove(), queue.element())).containsExactly(1, 2, 3);
    PriorityQueue<String> longest = queues.ordered(Comparator.comparing(s -> -s.length()));
    longest.add("a");
    longest.add("ccc");
    longest.add("bb");
    assertThat(longest.peek()).isEqualTo("ccc");
    assertThat(longest.comparator().compare("a", "bb")).isPositive();
  }

  @Conformance
  void aFullQueueRefusesOrWaits(Queues queues) throws Exception {
    BlockingQueue<String> queue = queues.bounded(1);
    queue.put("a");
    assertThat(queue.offer("b")).isFalse();
    assertThat(queue.offer("b", 1, TimeUnit.MILLISECONDS)).isFalse();
    assertThatThrownBy(() -> queue.add("b"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("Queue full");
    assertThat(queue.remainingCapacity()).isZero();
    Thread producer = OtherThread.start(() -> queue.put("b"));
    assertThat(queue.take()).isEqualTo("a");
    assertThat(queue.take()).isEqualTo("b");
    producer.join();
    assertThat(queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
  }

  @Conformance
  void whoWaitsForAnElementIsInterrupted(Queues queues) throws Exception {
    BlockingQueue<String> queue = queues.bounded(1);
    var thrown = new AtomicReference<Throwable>();
    var thread =
        new Thread(
            () -> {
              try {
                queue.take();
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    thread.start();
    thread.interrupt();
    thread.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    queue.put("left");
    assertThat(queue.poll()).isEqualTo("left");
  }

  @Conformance
  void aQueueIsDrainedIntoAListOfTheCaller(Queues queues) {
    BlockingQueue<String> queue = queues.bounded(3);
    queue.addAll(List.of("a", "b", "c"));
    var drained = new ArrayList<String>();
    assertThat(queue.drainTo(drained, 2)).isEqualTo(2);
    assertThat(drained).containsExactly("a", "b");
    assertThat(queue.drainTo(drained)).isEqualTo(1);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Conformance
  void anElementIsHandedOverAsItself(Queues queues) throws Exception {
    SynchronousQueue<Object> queue = queues.handover();
    var object = new ArrayList<String>();
    Thread giver = OtherThread.start(() -> queue.put(object));
    assertThat(queue.take()).isSameAs(object);
    giver.join();
    TransferQueue<String> transfer = queues.transfer();
    assertThat(transfer.tryTransfer("a")).isFalse();
    Thread taker = OtherThread.start(transfer::take);
    transfer.transfer("a");
    taker.join();
  }

  @Conformance
  void twoThreadsOfTheCallerExchange(Queues queues) throws Exception {
    Exchanger<String> exchanger = queues.exchanger();
    var other = new AtomicReference<String>();
    Thread thread = OtherThread.start(() -> other.set(exchanger.exchange("theirs")));
    assertThat(exchanger.exchange("mine")).isEqualTo("theirs");
    thread.join();
    assertThat(other.get()).isEqualTo("mine");
  }

  @Conformance
  void anElementOfTheCallerSaysWhenItsTimeComes(Queues queues) throws Exception {
    DelayQueue<Delayed> queue = queues.delayed();
    Delayed due = new Due(0);
    Delayed never = new Due(1_000_000);
    queue.add(never);
    queue.add(due);
    assertThat(queue.take()).isSameAs(due);
    assertThat(queue.poll()).isNull();
    assertThat(queue.remove(never)).isTrue();
  }

  private record Moment(long seconds) {}

  private static final class Due implements Delayed {
    private final Moment moment;

    Due(long seconds) {
      moment = new Moment(seconds);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(moment.seconds, TimeUnit.SECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.SECONDS), other.getDelay(TimeUnit.SECONDS));
    }
  }

  @Conformance
  void bothEndsOfABlockingDequeWait(Queues queues) throws Exception {
    LinkedBlockingDeque<String> deque = queues.blockingDeque();
    Thread thread = OtherThread.start(() -> deque.putFirst("a"));
    assertThat(deque.takeLast()).isEqualTo("a");
    thread.join();
    assertThat(queues.concurrent().poll()).isNull();
  }

  @Conformance
  void queuesOfTheCallerAreUsedThere(Queues queues) throws Exception {
    var from = new ArrayBlockingQueue<String>(1);
    var to = new ArrayBlockingQueue<String>(1);
    Thread mover = OtherThread.start(() -> queues.move(from, to));
    from.put("x");
    assertThat(to.take()).isEqualTo("x");
    mover.join();
  }
}
