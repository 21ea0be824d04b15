package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.farside.CallCancelledException;
import dev.farside.Farside;
import dev.farside.FarsideException;
import dev.farside.Peer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lock is not lost to a caller that has gone, or has stopped waiting for it. */
@SuppressWarnings("LockNotBeforeTry") // what happens between is the subject
@Timeout(60)
public class LostLocksAcrossJvmsTest {
  /** The other JVM. */
  static final class Main {
    public static void main(String[] args) throws Exception {
      var lock = new ReentrantLock();
      BooleanSupplier awaited = lock::hasQueuedThreads;
      TwoJvms.serve(Farside.builder().bind("lock", lock).bind("awaited", awaited));
    }
  }

  /** A lock as a caller sees it that has little time. */
  public interface HastyLock {
    @dev.farside.Timeout(200)
    void lock();
  }

  private static final long SEED = Long.getLong("farside.test.seed", System.nanoTime());
  private static final int ROUNDS = 2_000;

  private final Random random = new Random(SEED);
  private final ExecutorService caller = Executors.newSingleThreadExecutor();

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);

  @AfterEach
  void stop() {
    caller.shutdownNow();
  }

  private void awaitAwaited() {
    BooleanSupplier awaited = jvms.lookup("awaited", BooleanSupplier.class);
    await().until(awaited::getAsBoolean);
  }

  /** While it is locked by this thread, another, which does not end, waits for it in vain. */
  private void assertFreeAfter(Lock lock, Runnable locking, Consumer<Thread> giveUp)
      throws Exception {
    var thrown = new CompletableFuture<Throwable>();
    var asserted = new CountDownLatch(1);
    var other =
        new Thread(
            () -> {
              thrown.complete(catchThrowable(locking::run));
              Thread.interrupted();
              try {
                asserted.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    lock.lock();
    try {
      other.start();
      giveUp.accept(other);
      assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(FarsideException.class);
    } finally {
      lock.unlock();
    }
    assertFree(lock);
    asserted.countDown();
  }

  /** For a thread that has locked nothing. */
  private static void assertFree(Lock lock) throws Exception {
    var locked = new CompletableFuture<Boolean>();
    new Thread(
            () -> {
              try {
                boolean got = lock.tryLock(10, TimeUnit.SECONDS);
                if (got) {
                  lock.unlock(); // who waited for it in vain may be behind
                }
                locked.complete(got);
              } catch (InterruptedException | RuntimeException e) {
                locked.completeExceptionally(e);
              }
            })
        .start();
    assertThat(locked.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private Lock lock() {
    return jvms.lookup("lock", Lock.class);
  }

  @Test
  void whoTimesOutLocksNothing() throws Exception {
    HastyLock hasty = jvms.lookup("lock", HastyLock.class);
    assertFreeAfter(lock(), hasty::lock, thread -> {});
  }

  @Test
  void whoIsInterruptedLocksNothing() throws Exception {
    assertFreeAfter(
        lock(),
        lock()::lock,
        thread -> {
          awaitAwaited();
          thread.interrupt();
        });
  }

  @Test
  void whoLosesItsConnectionLocksNothing() throws Exception {
    Peer another = jvms.near().connectNow(jvms.uri());
    assertFreeAfter(
        lock(),
        another.lookup("lock", Lock.class)::lock,
        thread -> {
          awaitAwaited();
          another.close();
        });
  }

  @Test
  void whoGivesUpAtAnyMomentLocksNothing() throws Exception {
    Lock lock = lock();
    int pause = 100_000;
    int got = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean locked = isLocked(lock, random.nextInt(pause));
      if (locked) {
        caller.submit(lock::unlock).get();
        got++;
      }
      pause = Math.max(10_000, locked ? pause - pause / 50 : pause + pause / 50);
    }
    assertFree(lock); // while the caller lives
    assertThat(got).as("with seed %s", SEED).isBetween(1, ROUNDS - 1);
  }

  /** Unless its caller is interrupted before, after so many nanoseconds. */
  private boolean isLocked(Lock lock, int nanos) throws Exception {
    var locked = new CompletableFuture<Boolean>();
    Future<?> locking =
        caller.submit(
            () -> {
              try {
                lock.lock();
                locked.complete(true);
              } catch (CallCancelledException e) {
                locked.complete(false);
              }
            });
    spin(nanos);
    locking.cancel(true);
    return caller.submit(() -> locked.getNow(false)).get();
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatWasLockedByAConnectionIsUnlockedWhenThatHasEnded() throws Exception {
    Peer another = jvms.near().connectNow(jvms.uri());
    Lock lost = another.lookup("lock", Lock.class);
    lost.lock();
    lost.lock();
    another.close();
    assertFree(lock());
  }

  @Test
  void whatWasLockedByAnotherConnectionStaysLocked() throws Exception {
    Peer another = jvms.near().connectNow(jvms.uri());
    Lock lost = another.lookup("lock", Lock.class);
    Lock lock = lock();
    lock.lock();
    lost.lock();
    lost.unlock();
    another.close();
    var locked = new FutureTask<>(() -> lock.tryLock(100, TimeUnit.MILLISECONDS));
    new Thread(locked).start();
    assertThat(locked.get(10, TimeUnit.SECONDS)).isFalse();
    lock.unlock();
    assertFree(lock);
  }
}
