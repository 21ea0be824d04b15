package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.BlockingNotAllowedException;
import dev.farside.OneWay;
import dev.farside.Remote;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Which calls begin before which. */
@Timeout(240)
class OrderTest {
  private static final int SMALL = 10;
  private static final int LARGE = 1 << 20;

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  interface Journal {
    Mono<Void> note(int number, byte[] bytes);
  }

  static final class KeptJournal implements Journal {
    private final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public Mono<Void> note(int number, byte[] given) {
      numbers.add(number);
      bytes.addAndGet(given.length);
      return Mono.empty();
    }
  }

  @Test
  void reactiveCallsBeginInTheOrderInWhichTheyWereSentWhateverTheirSizes() {
    int calls = 100_000;
    byte[][] sizes = {new byte[SMALL], new byte[300], new byte[5000], new byte[LARGE]};
    var random = new Random(7);
    var journal = new KeptJournal();
    Journal remote = sides.lookup(journal, Journal.class);
    Flux.range(0, calls)
        .flatMap(
            i -> {
              int dice = random.nextInt(1000);
              return remote.note(i, sizes[dice == 0 ? 3 : dice < 50 ? 2 : dice < 300 ? 1 : 0]);
            },
            64)
        .blockLast();
    assertThat(journal.numbers)
        .containsExactlyElementsOf(IntStream.range(0, calls).boxed().toList());
    assertThat(journal.bytes).hasValueGreaterThan(50L * LARGE);
  }

  public interface Log {
    @OneWay
    void append(String line);

    @OneWay
    void appendOnceOpen(String line);

    List<String> lines();

    Mono<Integer> size();
  }

  public static final class KeptLog implements Log {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void append(String line) {
      lines.add(line);
    }

    @Override
    public void appendOnceOpen(String line) {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      lines.add(line);
    }

    @Override
    public List<String> lines() {
      return List.copyOf(lines);
    }

    @Override
    public Mono<Integer> size() {
      return Mono.just(lines.size());
    }
  }

  @Test
  void laterCallsOfAReferenceWaitForItsOneWayCalls() {
    var log = new KeptLog();
    Log remote = sides.lookup(log, Log.class);
    remote.appendOnceOpen("first");
    var size = remote.size().toFuture();
    remote.append("second");
    var both = remote.size().toFuture();
    assertThat(sides.lookup(new KeptLog(), Log.class).lines()).isEmpty(); // others do not wait
    assertThat(size).isNotDone();
    log.open.countDown();
    assertThat(size.join()).isEqualTo(1);
    assertThat(both.join()).isEqualTo(2);
    assertThat(remote.lines()).containsExactly("first", "second");
  }

  @Test
  void oneWayCallsOfOneReferenceRunInOrder() {
    var log = new KeptLog();
    Log remote = sides.lookup(log, Log.class);
    List<String> expected = IntStream.range(0, 2000).mapToObj(Integer::toString).toList();
    expected.forEach(remote::append);
    assertThat(remote.lines()).isEqualTo(expected);
  }

  public interface Listener {
    @OneWay
    void onEvent(int event);
  }

  public interface Source {
    int publish(Listener listener, int events);
  }

  public static final class PlainSource implements Source {
    @Override
    public int publish(Listener listener, int events) {
      IntStream.range(0, events).forEach(listener::onEvent);
      return events;
    }
  }

  interface ReactiveSource {
    Mono<Integer> publish(Listener listener, int events);
  }

  @Test
  void oneWayCallbacksHaveRunWhenTheBlockingCallThatTheyWereMadeInReturns() {
    Source source = sides.lookup(new PlainSource(), Source.class);
    var events = new CopyOnWriteArrayList<Integer>();
    var threads = new CopyOnWriteArrayList<Thread>();
    Listener listener =
        event -> {
          events.add(event);
          threads.add(Thread.currentThread());
        };
    for (int round = 0; round < 50; round++) {
      events.clear();
      source.publish(listener, 20);
      assertThat(events).hasSize(20).isSorted();
    }
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  public interface BusySource {
    /** Publishes one event that nobody waits for, from a thread that nobody called. */
    void publishLater(Listener listener, int event);

    void publishThen(Listener listener, int events, Runnable then);
  }

  public static final class PlainBusySource implements BusySource {
    @Override
    public void publishLater(Listener listener, int event) {
      new Thread(() -> listener.onEvent(event)).start();
    }

    @Override
    public void publishThen(Listener listener, int events, Runnable then) {
      IntStream.range(0, events).forEach(listener::onEvent);
      then.run();
    }
  }

  @Test
  void oneWayCallbacksHaveRunWhenTheirCallReturnsAlsoIfTheyHadToWaitForOthers()
      throws InterruptedException {
    BusySource source = sides.lookup(new PlainBusySource(), BusySource.class);
    var begun = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    var events = new CopyOnWriteArrayList<Integer>();
    var threads = new CopyOnWriteArrayList<Thread>();
    Listener listener =
        event -> {
          if (event < 0) {
            begun.countDown();
            awaitUninterruptibly(open);
          } else {
            threads.add(Thread.currentThread());
          }
          events.add(event);
        };
    source.publishLater(listener, -1);
    begun.await();
    source.publishThen(listener, 3, open::countDown);
    assertThat(events).containsExactly(-1, 0, 1, 2);
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneWayCallbacksHaveRunWhenTheReactiveCallThatTheyWereMadeInCompletes() {
    ReactiveSource source = sides.lookup(new PlainSource(), ReactiveSource.class);
    var events = new CopyOnWriteArrayList<Integer>();
    for (int round = 0; round < 50; round++) {
      events.clear();
      Integer atTheEnd = source.publish(events::add, 20).map(published -> events.size()).block();
      assertThat(atTheEnd).isEqualTo(20);
    }
  }

  public interface FluxSource {
    Flux<Integer> publish(Listener listener, int events);
  }

  public static final class PlainFluxSource implements FluxSource {
    @Override
    public Flux<Integer> publish(Listener listener, int events) {
      IntStream.range(0, events).forEach(listener::onEvent);
      return Flux.range(0, events);
    }
  }

  @Test
  void oneWayCallbacksHaveRunWhenTheFluxThatTheyWereMadeForCompletes() {
    FluxSource source = sides.lookup(new PlainFluxSource(), FluxSource.class);
    var open = new CountDownLatch(1);
    var given = new CountDownLatch(5);
    var events = new CopyOnWriteArrayList<Integer>();
    var atTheEnd = new CompletableFuture<Integer>();
    source
        .publish(
            event -> {
              awaitUninterruptibly(open);
              events.add(event);
            },
            5)
        .subscribe(number -> given.countDown(), null, () -> atTheEnd.complete(events.size()));
    awaitUninterruptibly(given); // the elements do not wait
    open.countDown();
    assertThat(atTheEnd.join()).isEqualTo(5);
  }

  public interface Hub {
    @OneWay
    void start(Runnable callback, CountDownLatch done);

    int count();
  }

  public static final class PlainHub implements Hub {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void start(Runnable callback, CountDownLatch done) {
      count.incrementAndGet();
      callback.run();
      count.incrementAndGet();
      done.countDown();
    }

    @Override
    public int count() {
      return count.get();
    }
  }

  @Test
  void aCallFromWithinAOneWayCallDoesNotWaitForIt() throws InterruptedException {
    Hub hub = sides.lookup(new PlainHub(), Hub.class);
    var seen = new CopyOnWriteArrayList<Integer>();
    var done = new CountDownLatch(1);
    hub.start(Remote.byReference(() -> seen.add(hub.count())), done);
    done.await();
    assertThat(seen).containsExactly(1);
    assertThat(hub.count()).isEqualTo(2);
  }

  public interface Tally {
    @OneWay
    Mono<Void> add(String what);

    @OneWay
    void addUnheard(String what);

    List<String> all();
  }

  /** The same, as it is there. */
  public interface Lazy {
    Mono<Void> add(String what);

    Mono<Void> addUnheard(String what);

    List<String> all();
  }

  /** Works when its results are subscribed to, and a little later. */
  public static final class LazyTally implements Lazy {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public Mono<Void> add(String what) {
      return Mono.delay(Duration.ofMillis(1)).then(Mono.fromRunnable(() -> all.add(what)));
    }

    @Override
    public Mono<Void> addUnheard(String what) {
      return add(what);
    }

    @Override
    public List<String> all() {
      return List.copyOf(all);
    }
  }

  @Test
  void aOneWayCallOfAMonoIsDoneWhenThatIs() {
    Tally tally = sides.lookup(new LazyTally(), Tally.class);
    tally.add("a").block();
    tally.add("b").subscribe();
    tally.addUnheard("c");
    assertThat(tally.all()).containsExactly("a", "b", "c");
  }

  public interface Hearing {
    @OneWay
    Mono<Void> hear(String what);
  }

  public interface LaterTelling {
    Mono<String> tell(Hearing hearing);
  }

  @Test
  void aOneWayCallbackThatAMonoMakesOnAnotherThreadHasBeenCarriedOutWhenItsCallCompletes() {
    LaterTelling target =
        hearing ->
            Mono.just("news")
                .publishOn(Schedulers.single())
                .flatMap(hearing::hear)
                .thenReturn("told");
    LaterTelling telling = sides.lookup(target, LaterTelling.class);
    var begun = new CountDownLatch(1);
    var open = new CompletableFuture<Void>();
    CompletableFuture<Boolean> openAtTheEnd =
        telling
            .tell(
                what -> {
                  begun.countDown();
                  return Mono.fromFuture(open);
                })
            .map(told -> open.isDone())
            .toFuture();
    awaitUninterruptibly(begun);
    assertThat(sides.peer().names()).isNotEmpty(); // so the answer has come in
    open.complete(null);
    assertThat(openAtTheEnd.join()).isTrue();
  }

  /** Has a blocking method and a reactive one. */
  public interface Both {
    @OneWay
    void fire();

    Mono<String> where();
  }

  public interface Caller {
    /** Fires, and asks where on a thread that nobody called. */
    String callTwice(Both back);
  }

  public static final class PlainCaller implements Caller {
    @Override
    public String callTwice(Both back) {
      back.fire();
      return callFrom(new CompletableFuture<>(), back);
    }

    private static String callFrom(CompletableFuture<String> answer, Both back) {
      new Thread(() -> back.where().subscribe(answer::complete)).start();
      return answer.join();
    }
  }

  @Test
  void aForeignReactiveCallNeverRunsOnTheThreadOfACallerAlthoughItHadToWait() {
    Caller caller = sides.lookup(new PlainCaller(), Caller.class);
    Log remote = sides.lookup(new KeptLog(), Log.class);
    var refused = new CopyOnWriteArrayList<Throwable>();
    var fired = new CountDownLatch(1);
    String where =
        caller.callTwice(
            new Both() {
              @Override
              public void fire() {
                // until the other call has come in
                while (sides.peer().stats().requestsReceived() < 2) {
                  Thread.onSpinWait();
                }
                fired.countDown();
              }

              @Override
              public Mono<String> where() {
                try {
                  remote.lines();
                } catch (BlockingNotAllowedException e) {
                  refused.add(e);
                }
                return Mono.just(Thread.currentThread().getName());
              }
            });
    assertThat(where).isNotEqualTo(Thread.currentThread().getName());
    assertThat(refused).hasSize(1);
    assertThat(fired.getCount()).isZero();
  }

  public interface ReactiveRelay {
    Mono<String> relay(Listener listener);
  }

  public interface BlockingRelay {
    String relay(Listener listener);
  }

  @Test
  void aOneWayCallbackOfAReactiveMethodRunsOnTheThreadThatWaitsForThatMethod() {
    ReactiveRelay target =
        listener -> {
          listener.onEvent(1);
          return Mono.just("told");
        };
    BlockingRelay relay = sides.lookup(target, BlockingRelay.class);
    var monitor = new Object();
    var threads = new ArrayList<Thread>();
    synchronized (monitor) {
      relay.relay(
          event -> {
            synchronized (monitor) {
              threads.add(Thread.currentThread());
            }
          });
    }
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  public interface Guarded {
    @OneWay
    void event();

    String confirm();
  }

  public interface Work {
    String work(Guarded guarded, Runnable begun);
  }

  @Test
  void aCallbackOfTheChainDoesNotWaitForAForeignOneWayCallThatWaitsForItsCaller() {
    Work target =
        (guarded, begun) -> {
          new Thread(guarded::event).start();
          begun.run();
          return guarded.confirm();
        };
    Work work = sides.lookup(target, Work.class);
    var monitor = new Object();
    var begun = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    Guarded guarded =
        new Guarded() {
          @Override
          public void event() {
            begun.countDown();
            synchronized (monitor) {
              entered.countDown();
            }
          }

          @Override
          public String confirm() {
            synchronized (monitor) {
              return "confirmed";
            }
          }
        };
    synchronized (monitor) {
      assertThat(work.work(guarded, () -> awaitUninterruptibly(begun))).isEqualTo("confirmed");
      assertThat(entered.getCount()).isEqualTo(1);
    }
    awaitUninterruptibly(entered);
  }

  @Test
  void reactiveCallsOfADeepChainKeepTheirOrder() {
    var journal = new KeptJournal();
    Journal remote = sides.lookup(journal, Journal.class);
    int calls = 2_000;
    var answered = new CountDownLatch(calls);
    Runnable bottom =
        () -> {
          for (int i = 0; i < calls; i++) {
            remote.note(i, new byte[SMALL]).doFinally(end -> answered.countDown()).subscribe();
          }
        };
    nest(60, bottom);
    awaitUninterruptibly(answered);
    assertThat(journal.numbers)
        .containsExactlyElementsOf(IntStream.range(0, calls).boxed().toList());
  }

  /** Each step waits in a call of the other side. */
  private void nest(int depth, Runnable bottom) {
    Relayed relayed = sides.lookup((Relayed) Runnable::run, Relayed.class);
    nest(relayed, depth, bottom);
  }

  private static void nest(Relayed relayed, int depth, Runnable bottom) {
    relayed.run(depth == 0 ? bottom : () -> nest(relayed, depth - 1, bottom));
  }

  public interface Relayed {
    void run(Runnable step);
  }

  public interface Events {
    @OneWay
    void event(int number);
  }

  public interface EventPublisher {
    void publish(Events events, int count);

    String acknowledge(int number);
  }

  private static final class PlainPublisher implements EventPublisher {
    @Override
    public void publish(Events events, int count) {
      for (int i = 0; i < count; i++) {
        events.event(i);
      }
    }

    @Override
    public String acknowledge(int number) {
      return "acknowledged " + number;
    }
  }

  @Test
  void oneWayCallbacksThatAskTheirSourceAreCarriedOutOneAfterTheOther() {
    EventPublisher publisher = sides.lookup(new PlainPublisher(), EventPublisher.class);
    List<String> seen = new ArrayList<>();
    publisher.publish(
        number -> {
          seen.add("begin " + number);
          publisher.acknowledge(number);
          seen.add("end " + number);
        },
        3);
    assertThat(seen).containsExactly("begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2");
  }

  @Test
  void anyNumberOfOneWayCallbacksThatAskTheirSourceTakesTheStackOfOne() {
    EventPublisher publisher = sides.lookup(new PlainPublisher(), EventPublisher.class);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var all = new AtomicInteger();
    publisher.publish(
        number -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          publisher.acknowledge(number);
          all.incrementAndGet();
          now.decrementAndGet();
        },
        3_000);
    assertThat(all).hasValue(3_000);
    assertThat(most).hasValue(1);
  }

  /** Its one-way method calls back, so that it waits in its chain. */
  public interface Counted {
    @OneWay
    void count(Runnable callback);

    int count();

    Mono<Integer> countLater();
  }

  /** As a caller sees it that blocks. */
  public interface BlockingCounted {
    @OneWay
    void count(Runnable callback);

    int count();

    int countLater();
  }

  private static final class PlainCounted implements Counted {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void count(Runnable callback) {
      callback.run();
      count.incrementAndGet();
    }

    @Override
    public int count() {
      return count.get();
    }

    @Override
    public Mono<Integer> countLater() {
      return Mono.just(count.get());
    }
  }

  @Test
  void whatACallbackCallsAfterAOneWayCallWaitsForThatAlsoIfThatCallsBack() {
    BlockingCounted counted = sides.lookup(new PlainCounted(), BlockingCounted.class);
    Relayed relayed = sides.lookup((Relayed) Runnable::run, Relayed.class);
    List<Integer> counts = new ArrayList<>();
    relayed.run(
        () -> {
          counted.count(() -> {});
          counts.add(counted.count());
          counted.count(() -> {});
          counts.add(counted.countLater());
        });
    assertThat(counts).containsExactly(1, 2);
  }

  @Test
  void whatAOneWayMethodCallsThroughItsCallerIsPartOfIt() {
    BlockingCounted counted = sides.lookup(new PlainCounted(), BlockingCounted.class);
    Relayed relayed = sides.lookup((Relayed) Runnable::run, Relayed.class);
    List<Integer> counts = new ArrayList<>();
    relayed.run(
        () -> {
          counted.count(
              () -> {
                counts.add(counted.count());
                counted.count(() -> counts.add(counted.countLater()));
              });
          counts.add(counted.count());
        });
    assertThat(counts).containsExactly(0, 0, 2);
  }

  /** Calls several objects of its caller. */
  public interface Conductor {
    void conduct(BlockingCounted counted, Runnable second);

    void hold();

    int ask();
  }

  private static final class PlainConductor implements Conductor {
    private final CountDownLatch secondBegun = new CountDownLatch(1);
    private BlockingCounted counted;

    @Override
    public void conduct(BlockingCounted given, Runnable second) {
      counted = given;
      counted.count(() -> {});
      second.run();
    }

    @Override
    public void hold() {
      awaitUninterruptibly(secondBegun);
    }

    @Override
    public int ask() {
      return counted.count();
    }
  }

  /** The thread cannot end the first before the second, which it carries out meanwhile. */
  @Test
  void whatAThreadCarriesOutWhileItWaitsInAOneWayMethodMayCallItsObject() {
    var target = new PlainConductor();
    Conductor conductor = sides.lookup(target, Conductor.class);
    List<Integer> counts = new ArrayList<>();
    var counted =
        new BlockingCounted() {
          @Override
          public void count(Runnable callback) {
            conductor.hold();
            counts.add(-1);
          }

          @Override
          public int count() {
            return counts.size();
          }

          @Override
          public int countLater() {
            return counts.size();
          }
        };
    conductor.conduct(
        counted,
        () -> {
          target.secondBegun.countDown();
          counts.add(conductor.ask());
        });
    assertThat(counts).containsExactlyInAnyOrder(0, -1);
  }
}
