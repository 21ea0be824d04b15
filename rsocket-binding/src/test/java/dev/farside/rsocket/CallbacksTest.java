package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Calls run both ways over the one connection, on the thread that waits. */
@Timeout(60)
public class CallbacksTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Bounces a call back until the depth is reached. */
  public interface Bouncer {
    int bounce(int depth, Bouncer back);
  }

  /** Calls back blocking. */
  public static final class PlainBouncer implements Bouncer {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public int bounce(int depth, Bouncer back) {
      threads.add(Thread.currentThread());
      return depth == 0 ? 0 : 1 + back.bounce(depth - 1, this);
    }
  }

  /** Hears of events. */
  public interface EventListener {
    void onEvent(String event);
  }

  /** Hears of events and answers later. */
  public interface ReactiveListener {
    Mono<String> onEvent(String event);
  }

  /** Hears of events, as others see the {@link ReactiveListener}. */
  public interface AnsweringListener {
    String onEvent(String event);
  }

  /** Tells listeners of events. */
  public static class Bus {
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();

    public Bus() {}

    /** Tells already while it is constructed. */
    public Bus(EventListener first) {
      listeners.add(first);
      publish("constructed");
    }

    public void subscribe(EventListener listener) {
      listeners.add(listener);
    }

    public boolean unsubscribe(EventListener listener) {
      return listeners.remove(listener);
    }

    public void publish(String event) {
      listeners.forEach(l -> l.onEvent(event));
    }

    public int size() {
      return listeners.size();
    }
  }

  @Test
  void callsNestToDepth200BothWays() {
    var there = new PlainBouncer();
    var here = new PlainBouncer();
    Bouncer far = sides.lookup(there, Bouncer.class);
    assertThat(far.bounce(400, here)).isEqualTo(400);
    assertThat(here.threads).hasSize(200).containsOnly(Thread.currentThread());
    assertThat(there.threads).hasSize(201);
    assertThat(there.threads.stream().distinct()).hasSize(1);
  }

  @Test
  void aCallbackEntersTheLocksThatItsCallerHolds() {
    Bus bus = sides.lookup(new Bus(), Bus.class);
    var lock = new ReentrantLock();
    var heard = new ArrayList<String>();
    bus.subscribe(
        event -> {
          lock.lock();
          try {
            heard.add(event + " " + lock.getHoldCount());
          } finally {
            lock.unlock();
          }
        });
    lock.lock();
    try {
      bus.publish("a");
    } finally {
      lock.unlock();
    }
    assertThat(heard).containsExactly("a 2");
  }

  @Test
  void aCallbackSeesTheThreadLocalsOfItsCaller() {
    Bus bus = sides.lookup(new Bus(), Bus.class);
    var user = new ThreadLocal<String>();
    var seen = new ArrayList<String>();
    bus.subscribe(event -> seen.add(user.get()));
    user.set("ada");
    bus.publish("a");
    assertThat(seen).containsExactly("ada");
  }

  @Test
  void aListenerIsRemovedByTheInstanceThatWasAdded() {
    Bus bus = sides.lookup(new Bus(), Bus.class);
    var heard = new ArrayList<String>();
    EventListener one = event -> heard.add("one " + event);
    EventListener two = event -> heard.add("two " + event);
    bus.subscribe(one);
    bus.subscribe(two);
    bus.publish("a");
    assertThat(bus.unsubscribe(one)).isTrue();
    assertThat(bus.unsubscribe(one)).isFalse();
    bus.publish("b");
    assertThat(bus.unsubscribe(two)).isTrue();
    bus.publish("c");
    assertThat(heard).containsExactly("one a", "two a", "two b");
  }

  @Test
  void theOwnerCallsBackWhenNobodyCalls() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    var bus = new Bus();
    sides.lookup(bus, Bus.class).subscribe(heard::add);
    var timer = new Timer(true);
    try {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              bus.publish("tick");
            }
          },
          1);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("tick");
    } finally {
      timer.cancel();
    }
  }

  @Test
  void aCallOfNobodyRunsOnAWorkerAndNotOnAThreadThatWaitsForAnother() throws Exception {
    var called = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var bus = new Bus();
    Bus remote = sides.lookup(bus, Bus.class);
    Waiter waiter =
        sides.lookup(
            (Waiter)
                () -> {
                  called.countDown();
                  await(release);
                },
            Waiter.class);
    BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
    remote.subscribe(event -> ran.add(Thread.currentThread()));
    var blocked = new Thread(waiter::await, "blocked");
    blocked.start();
    await(called);
    bus.publish("a");
    assertThat(ran.poll(10, TimeUnit.SECONDS)).isNotIn(blocked, Thread.currentThread());
    release.countDown();
    blocked.join();
  }

  /** Waits. */
  public interface Waiter {
    void await();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers with what a listener answers. */
  public interface Asker {
    Mono<String> ask(ReactiveListener listener, String event);
  }

  @Test
  void aReactiveImplementationCallsBackReactively() {
    Asker asker = sides.lookup((Asker) ReactiveListener::onEvent, Asker.class);
    StepVerifier.create(asker.ask(event -> Mono.just(event + "!"), "a"))
        .expectNext("a!")
        .verifyComplete();
  }

  /** Answers with what a listener answers, having asked it blocking. */
  public interface BlockingAsker {
    Mono<String> ask(AnsweringListener listener, String event);
  }

  @Test
  void aReactiveImplementationThatCallsBackBlockingLearnsWhyNot() {
    BlockingAsker asker =
        sides.lookup(
            (BlockingAsker) (listener, event) -> Mono.just(listener.onEvent(event)),
            BlockingAsker.class);
    StepVerifier.create(asker.ask(event -> event + "!", "a"))
        .verifyErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(BlockingNotAllowedException.class)
                    .hasMessageMatching(
                        "AnsweringListener\\.onEvent\\(String\\) on \\Q"
                            + sides.peerOfFar()
                            + "\\E would block the thread \\S+, which must not block; use"
                            + " Remote.async or a face that returns a Mono"));
  }

  @Test
  void aReactiveImplementationCallsBackBlockingElsewhere() {
    BlockingAsker asker =
        sides.lookup(
            (BlockingAsker) (listener, event) -> Remote.async(listener, l -> l.onEvent(event)),
            BlockingAsker.class);
    StepVerifier.create(asker.ask(event -> event + "!", "a")).expectNext("a!").verifyComplete();
  }

  @Test
  void lambdasOfTheJdkTypesAreCalledBack() {
    Numbers numbers = sides.lookup(new PlainNumbers(), Numbers.class);
    assertThat(numbers.map(20, n -> n + 1)).isEqualTo(21);
    assertThat(numbers.twice("a", s -> s + "b")).isEqualTo("abb");
  }

  /** Applies functions. */
  public interface Numbers {
    int map(int n, IntUnaryOperator f);

    String twice(String s, UnaryOperator<String> f);
  }

  /** Applies them. */
  public static final class PlainNumbers implements Numbers {
    @Override
    public int map(int n, IntUnaryOperator f) {
      return f.applyAsInt(n);
    }

    @Override
    public String twice(String s, UnaryOperator<String> f) {
      return f.andThen(f).apply(s);
    }
  }

  @Test
  void whatACallbackThrowsPassesThroughTheOwnerAndComesHomeAsTheSameInstance() {
    Bus bus = sides.lookup(new Bus(), Bus.class);
    var thrown = new IllegalStateException("not now");
    bus.subscribe(
        event -> {
          throw thrown;
        });
    assertThatThrownBy(() -> bus.publish("a")).isSameAs(thrown).hasMessage("not now");
  }

  @Test
  void theOwnerMayCatchWhatACallbackThrows() {
    Numbers numbers =
        sides.lookup(
            new Numbers() {
              @Override
              public int map(int n, IntUnaryOperator f) {
                try {
                  return f.applyAsInt(n);
                } catch (ArithmeticException e) {
                  return -1;
                }
              }

              @Override
              public String twice(String s, UnaryOperator<String> f) {
                return s;
              }
            },
            Numbers.class);
    assertThat(numbers.map(0, n -> 1 / n)).isEqualTo(-1);
  }

  @Test
  void anObjectMayCallBackWhileItIsConstructed() {
    sides.far(builder -> builder.allowImport(Bus.class));
    var heard = new ArrayList<String>();
    EventListener listener = event -> heard.add(event + " " + Thread.currentThread().getName());
    Bus bus = sides.peer().create(Bus.class, listener);
    assertThat(heard).containsExactly("constructed " + Thread.currentThread().getName());
    assertThat(bus.unsubscribe(listener)).isTrue();
  }

  @Test
  void theCalledBackSideIsThePeerOfTheCallback() {
    Bus bus = sides.lookup(new Bus(), Bus.class);
    var peers = new ArrayList<Peer>();
    bus.subscribe(event -> peers.add(Peer.current()));
    bus.publish("a");
    assertThat(peers).containsExactly(sides.peer());
    assertThatThrownBy(Peer::current).isInstanceOf(IllegalStateException.class);
  }

  /** Passes a call on to the next of its kind. */
  public interface Ring {
    List<String> pass(int hops);
  }

  private static Ring ring(String name, List<Ring> next, List<Thread> threads) {
    return hops -> {
      threads.add(Thread.currentThread());
      var path = new ArrayList<String>(List.of(name));
      if (hops > 0) {
        path.addAll(next.get(0).pass(hops - 1));
      }
      return List.copyOf(path);
    };
  }

  @Test
  void aChainRunsOnOneThreadOfEachOfThreeSidesInARing() {
    try (Farside a = Farside.create();
        Farside b = Farside.create();
        Farside c = Farside.create()) {
      List<List<Thread>> threads = List.of(list(), list(), list());
      List<Ring> toB = new CopyOnWriteArrayList<>();
      List<Ring> toC = new CopyOnWriteArrayList<>();
      List<Ring> toA = new CopyOnWriteArrayList<>();
      a.bind("ring", ring("a", toB, threads.get(0)));
      b.bind("ring", ring("b", toC, threads.get(1)));
      c.bind("ring", ring("c", toA, threads.get(2)));
      toB.add(a.connectNow(listen(b)).lookup("ring", Ring.class));
      toC.add(b.connectNow(listen(c)).lookup("ring", Ring.class));
      toA.add(c.connectNow(listen(a)).lookup("ring", Ring.class));
      assertThat(toB.get(0).pass(7)).containsExactly("b", "c", "a", "b", "c", "a", "b", "c");
      assertThat(threads.get(0)).hasSize(2).containsOnly(Thread.currentThread());
      assertThat(threads.get(1).stream().distinct()).hasSize(1);
      assertThat(threads.get(2).stream().distinct()).hasSize(1);
    }
  }

  private static List<Thread> list() {
    return new CopyOnWriteArrayList<>();
  }

  private static String listen(Farside side) {
    return side.listenNow("tcp://127.0.0.1:0").uri();
  }

  @Test
  void aProxyThatIsPassedToAThirdSideIsForwardedByTheMiddle() {
    try (Farside third = Farside.create()) {
      Peer toMiddle = third.connectNow(sides.listener().uri());
      sides.near().bind("bus", new Bus());
      Bus atMiddle = sides.peerOfFar().lookup("bus", Bus.class);
      sides.far().bind("forwarder", (Forwarder) () -> atMiddle);
      Bus atThird = toMiddle.lookup("forwarder", Forwarder.class).bus();
      var heard = new ArrayList<String>();
      EventListener listener = heard::add;
      atThird.subscribe(listener);
      atThird.publish("through the middle");
      atMiddle.publish("from the middle");
      assertThat(heard).containsExactly("through the middle", "from the middle");
      assertThat(atThird.unsubscribe(listener)).isTrue();
    }
  }

  /** Gives a bus. */
  public interface Forwarder {
    Bus bus();
  }

  @Test
  void manyThreadsCallAndAreCalledBackAtOnceEachOnItsOwnThread() throws Exception {
    var there = new PlainBouncer();
    Bouncer far = sides.lookup(there, Bouncer.class);
    int callers = 16;
    var pool = Executors.newFixedThreadPool(callers);
    try {
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < callers; i++) {
        futures.add(
            pool.submit(
                () -> {
                  for (int n = 0; n < 20; n++) {
                    var here = new PlainBouncer();
                    assertThat(far.bounce(10, here)).isEqualTo(10);
                    assertThat(here.threads).containsOnly(Thread.currentThread());
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get(50, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void callsOfOneThreadRunOnOneThreadOfTheOwner() {
    var lock = new ReentrantLock();
    Lockable lockable =
        sides.lookup(
            new Lockable() {
              @Override
              public void lock() {
                lock.lock();
              }

              @Override
              public void unlock() {
                lock.unlock();
              }
            },
            Lockable.class);
    for (int i = 0; i < 3; i++) {
      lockable.lock();
      assertThat(lock.isLocked()).isTrue();
      lockable.unlock();
      assertThat(lock.isLocked()).isFalse();
    }
  }

  /** Can be locked. */
  public interface Lockable {
    void lock();

    void unlock();
  }

  /** Says a word again and again. */
  public interface Echoes {
    Flux<String> echo(AnsweringListener listener, int times);
  }

  @Test
  void anItemOfAStreamMayBeTheResultOfACallback() {
    Echoes echoes =
        sides.lookup(
            (Echoes)
                (listener, times) ->
                    Flux.range(0, times)
                        .concatMap(i -> Remote.async(listener, l -> l.onEvent("e" + i))),
            Echoes.class);
    StepVerifier.create(echoes.echo(event -> event + "!", 3))
        .expectNext("e0!", "e1!", "e2!")
        .verifyComplete();
  }

  @Test
  void aCallbackThatTheOwnerGivesUpDoesNotInterruptItsCaller() throws Exception {
    var started = new CountDownLatch(1);
    var givenUp = new CountDownLatch(1);
    Impatient impatient =
        sides.lookup(
            (Impatient)
                waiter -> {
                  Mono<Void> call = Remote.as(waiter, ReactiveWaiter.class).await();
                  var subscription = call.subscribe();
                  await(started);
                  subscription.dispose();
                  givenUp.countDown();
                  return "done";
                },
            Impatient.class);
    var interruptions = new AtomicInteger();
    var finished = new CountDownLatch(1);
    String result =
        impatient.callAndGiveUp(
            () -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interruptions.incrementAndGet();
              }
              finished.countDown();
            });
    assertThat(result).isEqualTo("done");
    await(finished);
    assertThat(interruptions).hasValue(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptThatWasMeantForACallbackDoesNotEndTheWaitOfItsCaller() {
    var started = new CountDownLatch(1);
    var finished = new CountDownLatch(1);
    Impatient impatient =
        sides.lookup(
            (Impatient)
                waiter -> {
                  Thread self = Thread.currentThread();
                  var interrupter =
                      new Thread(
                          () -> {
                            await(started);
                            self.interrupt();
                          });
                  interrupter.start();
                  assertThatThrownBy(waiter::await)
                      .isInstanceOf(CallCancelledException.class)
                      .hasMessage(
                          "Waiter.await() on "
                              + sides.peerOfFar()
                              + " was given up: its thread was interrupted while it waited");
                  assertThat(Thread.interrupted()).isTrue();
                  await(finished);
                  return "done";
                },
            Impatient.class);
    Waiter leavesItsInterruptFlagSet =
        () -> {
          started.countDown();
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
          finished.countDown();
        };
    assertThat(impatient.callAndGiveUp(leavesItsInterruptFlagSet)).isEqualTo("done");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** Calls, and does not wait. */
  public interface Impatient {
    String callAndGiveUp(Waiter waiter);
  }

  /** A {@link Waiter} that can be given up. */
  public interface ReactiveWaiter {
    Mono<Void> await();
  }

  @Test
  void aCallbackThatIsTooLateFailsAtTheOwnerAndTheChainGoesOn() {
    sides.far(builder -> builder.callTimeout(Duration.ofMillis(200)));
    var release = new CountDownLatch(1);
    Bus bus = sides.lookup(new Bus(), Bus.class);
    bus.subscribe(
        event -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            // given up
          }
        });
    assertThatThrownBy(() -> bus.publish("slow"))
        .isInstanceOf(CallTimeoutException.class)
        .hasMessage(
            "EventListener.onEvent(String) on "
                + sides.peerOfFar()
                + " did not answer within PT0.2S; it may still have been carried out");
    assertThat(bus.size()).isEqualTo(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
