package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.Remote;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

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

  private static void awaitAlthoughInterrupted(CountDownLatch latch) {
    boolean waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
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
}
