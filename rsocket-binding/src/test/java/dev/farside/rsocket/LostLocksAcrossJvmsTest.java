package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.FarsideException;
import dev.farside.Peer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);

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
                locked.complete(lock.tryLock(10, TimeUnit.SECONDS));
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
