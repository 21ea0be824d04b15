package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.NonCancellable;
import dev.farside.OneWay;
import dev.farside.Remote;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Who gives up a call that is nested in another one, goes on in the chain of that. */
@Timeout(60)
class GivenUpInChainsTest {
  private static final long SHORT_MILLIS = 150;

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** Calls back. */
  public interface CallingBack {
    /** Gives up the first, and then calls the second. */
    void call(Runnable first, Runnable second);

    void run(Runnable callback);

    String ping();
  }

  /** As a caller sees it that has little time. */
  public interface Hasty {
    @dev.farside.Timeout(SHORT_MILLIS)
    void run();
  }

  private static class PlainCallingBack implements CallingBack {
    @Override
    public void call(Runnable first, Runnable second) {
      Hasty hasty = Remote.as(first, Hasty.class);
      assertThatThrownBy(hasty::run).isInstanceOf(CallTimeoutException.class);
      second.run();
    }

    @Override
    public void run(Runnable callback) {
      callback.run();
    }

    @Override
    public String ping() {
      return "pong";
    }
  }

  @Serial
  private static final class SerialCallingBack extends PlainCallingBack {}

  private static void untilInterrupted() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // ends
    }
  }

  /** Fails when it has waited for as long as a test may take, so that none goes on for ever. */
  private static void awaitAlthoughInterrupted(CountDownLatch latch) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (true) {
      try {
        assertThat(latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)).isTrue();
        return;
      } catch (InterruptedException e) {
        // goes on
      }
    }
  }

  @Test
  void aCallbackAfterOneThatWasGivenUpEntersTheLockThatItsCallerHolds() {
    CallingBack far = sides.lookup(new PlainCallingBack(), CallingBack.class);
    var lock = new ReentrantLock();
    List<Integer> holds = new ArrayList<>();
    lock.lock();
    try {
      far.call(
          GivenUpInChainsTest::untilInterrupted,
          () -> {
            lock.lock();
            try {
              holds.add(lock.getHoldCount());
            } finally {
              lock.unlock();
            }
          });
    } finally {
      lock.unlock();
    }
    assertThat(holds).containsExactly(2);
  }

  @Test
  void aSerialMethodThatGaveUpACallbackIsStillWhatItsLaterCallbacksArePartOf() {
    CallingBack far = sides.lookup(new SerialCallingBack(), CallingBack.class);
    List<String> answers = new ArrayList<>();
    far.call(GivenUpInChainsTest::untilInterrupted, () -> answers.add(far.ping()));
    assertThat(answers).containsExactly("pong");
  }

  @Test
  void whoGivesUpACallInACallbackStillHoldsTheLocksOfTheOtherSide() throws Exception {
    var there = new ReentrantLock();
    Lock lock = sides.lookup(there, Lock.class);
    CallingBack far = sides.lookup(new PlainCallingBack(), CallingBack.class);
    Runnable endless = GivenUpInChainsTest::untilInterrupted;
    Hasty hasty = sides.lookup(endless, Hasty.class);
    List<Boolean> locked = new ArrayList<>();
    lock.lock();
    try {
      far.run(
          () -> {
            assertThatThrownBy(hasty::run).isInstanceOf(CallTimeoutException.class);
            locked.add(lock.tryLock());
            lock.unlock();
          });
    } finally {
      lock.unlock();
    }
    assertThat(locked).containsExactly(true);
    assertThat(there.tryLock(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallbackThatGoesOnAlthoughItWasGivenUpDoesNotHoldUpTheNext() {
    CallingBack far = sides.lookup(new PlainCallingBack(), CallingBack.class);
    var goOn = new CountDownLatch(1);
    far.call(() -> awaitAlthoughInterrupted(goOn), goOn::countDown);
    List<Thread> later = new ArrayList<>();
    far.run(() -> later.add(Thread.currentThread()));
    assertThat(later).containsExactly(Thread.currentThread());
  }

  /** What goes on although nobody waits for it any more. */
  public interface Stubborn {
    void work(Runnable later);

    void locked(Runnable callback);

    void enter();
  }

  private static final class PlainStubborn implements Stubborn {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Object monitor = new Object();

    @Override
    @NonCancellable
    public void work(Runnable later) {
      begun.countDown();
      awaitAlthoughInterrupted(goOn);
      later.run();
    }

    @Override
    public void locked(Runnable callback) {
      synchronized (monitor) {
        callback.run();
      }
    }

    @Override
    public void enter() {
      synchronized (monitor) {
        assertThat(Thread.holdsLock(monitor)).isTrue();
      }
    }
  }

  /** Makes a call, and is interrupted as soon as that has begun. */
  private static void giveUp(CountDownLatch begun, Runnable call) {
    Thread caller = Thread.currentThread();
    var interrupter =
        new Thread(
            () -> {
              awaitAlthoughInterrupted(begun);
              caller.interrupt();
            });
    interrupter.start();
    assertThatThrownBy(call::run).isInstanceOf(CallCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatGoesOnAlthoughItWasGivenUpDoesNotTakeTheUnlockingOfItsCaller() {
    var there = new ReentrantLock();
    Lock lock = sides.lookup(there, Lock.class);
    var target = new PlainStubborn();
    var called = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    Stubborn stubborn = sides.lookup(target, Stubborn.class);
    Runnable later =
        () -> {
          called.countDown();
          awaitAlthoughInterrupted(end);
        };
    giveUp(target.begun, () -> stubborn.work(later));
    lock.lock();
    target.goOn.countDown();
    awaitAlthoughInterrupted(called);
    try {
      lock.unlock();
    } finally {
      end.countDown();
    }
    assertThat(there.isLocked()).isFalse();
  }

  @Test
  void whatGoesOnAlthoughItWasGivenUpDoesNotTakeTheCallbacksOfItsCaller() {
    var target = new PlainStubborn();
    Stubborn stubborn = sides.lookup(target, Stubborn.class);
    var called = new CountDownLatch(1);
    var entered = new AtomicBoolean();
    giveUp(target.begun, () -> stubborn.work(called::countDown));
    stubborn.locked(
        () -> {
          target.goOn.countDown();
          awaitAlthoughInterrupted(called);
          stubborn.enter();
          entered.set(true);
        });
    assertThat(entered).isTrue();
  }

  /** Told of what happens. */
  public interface Events {
    @OneWay
    void event(int number);
  }

  /** Tells although its caller has gone. */
  public interface Teller {
    void tell(Events events);
  }

  private static final class PlainTeller implements Teller {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    @NonCancellable
    public void tell(Events events) {
      begun.countDown();
      awaitAlthoughInterrupted(goOn);
      events.event(0);
      events.event(1);
    }
  }

  @Test
  void oneWayCallsOfACallThatWasGivenUpAreCarriedOutOneAfterTheOther() {
    var target = new PlainTeller();
    Teller teller = sides.lookup(target, Teller.class);
    var longEnough = new CountDownLatch(1);
    var both = new CountDownLatch(2);
    List<String> seen = new CopyOnWriteArrayList<>();
    Events events =
        number -> {
          seen.add("begin " + number);
          if (number == 0) {
            awaitAlthoughInterrupted(longEnough);
          }
          seen.add("end " + number);
          both.countDown();
        };
    giveUp(target.begun, () -> teller.tell(events));
    target.goOn.countDown();
    Schedulers.parallel().schedule(longEnough::countDown, 2, TimeUnit.SECONDS);
    awaitAlthoughInterrupted(both);
    assertThat(seen).containsExactly("begin 0", "end 0", "begin 1", "end 1");
  }

  /** Calls who calls it. */
  public interface Calling {
    void call(CallingBack back);
  }

  /** As a caller sees it that does not wait. */
  public interface CallingLater {
    Mono<Void> call(CallingBack back);
  }

  @Test
  void aCallThatIsGivenUpWhileACallbackOnItsThreadIsGivenUpTooWaitsNoLonger() throws Exception {
    var begun = new CountDownLatch(1);
    var once = new CountDownLatch(1);
    var ended = new CompletableFuture<Throwable>();
    Runnable callback =
        () -> {
          begun.countDown();
          untilInterrupted();
          once.countDown();
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
        };
    Calling target = back -> ended.complete(catchThrowable(() -> back.run(callback)));
    CallingBack hasty =
        new PlainCallingBack() {
          @Override
          public void run(Runnable callback) {
            do { // what has not begun in time never begins
              assertThatThrownBy(Remote.as(callback, Hasty.class)::run)
                  .isInstanceOf(CallTimeoutException.class);
            } while (begun.getCount() > 0);
            untilInterrupted();
          }
        };
    Disposable call = sides.lookup(target, CallingLater.class).call(hasty).subscribe();
    awaitAlthoughInterrupted(once);
    call.dispose();
    assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
  }

  /** Goes on although it was given up, until another comes in or a second has passed. */
  @Serial
  private static final class OneAtATime implements Runnable {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch other = new CountDownLatch(1);
    private final CompletableFuture<Boolean> otherCameIn = new CompletableFuture<>();

    @Override
    @NonCancellable
    public void run() {
      if (begun.getCount() == 0) {
        other.countDown();
        return;
      }
      begun.countDown();
      try {
        otherCameIn.complete(other.await(1, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        otherCameIn.completeExceptionally(e);
      }
    }
  }

  /** As a caller sees it that does not wait. */
  public interface RunningLater {
    Mono<Void> run(Runnable callback);
  }

  @Test
  void whatAWorkerCallsForOneCallIsNoPartOfWhatItCalledForAnotherThatWasGivenUp() throws Exception {
    var ended = new CountDownLatch(1);
    CallingBack target =
        new PlainCallingBack() {
          @Override
          public void run(Runnable callback) {
            try {
              super.run(callback);
            } finally {
              ended.countDown();
            }
          }
        };
    RunningLater far = sides.lookup(target, RunningLater.class);
    var serial = new OneAtATime();
    Disposable first = far.run(serial).subscribe();
    awaitAlthoughInterrupted(serial.begun);
    first.dispose();
    awaitAlthoughInterrupted(ended);
    assertThat(sides.peer().names()).isNotEmpty(); // so the worker is free
    far.run(serial).block();
    assertThat(serial.otherCameIn.get(20, TimeUnit.SECONDS)).isFalse();
  }

  /** Gives up a callback, and goes on. */
  public interface GoingOn {
    void work(Runnable givenUp, Runnable callback);
  }

  private static final class PlainGoingOn implements GoingOn {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch helped = new CountDownLatch(1);

    @Override
    public void work(Runnable givenUp, Runnable callback) {
      giveUp(begun, givenUp);
      awaitAlthoughInterrupted(helped);
      callback.run();
    }
  }

  @Test
  void aMethodThatNobodyGaveUpGoesOnInItsChainThoughACallOfThatComesMeanwhile() {
    var target = new PlainGoingOn();
    GoingOn goingOn = sides.lookup(target, GoingOn.class);
    Runnable help = target.helped::countDown;
    Runnable helper = sides.lookup(help, Runnable.class);
    var lock = new ReentrantLock();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    lock.lock();
    try {
      goingOn.work(
          () -> {
            target.begun.countDown();
            untilInterrupted();
            helper.run();
          },
          () -> {
            lock.lock();
            try {
              threads.add(Thread.currentThread());
            } finally {
              lock.unlock();
            }
          });
    } finally {
      lock.unlock();
    }
    assertThat(threads).containsExactly(Thread.currentThread());
  }
}
