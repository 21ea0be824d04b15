package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Remote;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.awaitility.Awaitility;

/** Locks and what else threads wait for. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // what happens between is the subject
public class LocksTest {
  /** What lives elsewhere. */
  public static class Locks {
    /** Reentrant. */
    public ReentrantLock lock() {
      return new ReentrantLock();
    }

    /** Many readers, one writer. */
    public ReadWriteLock readWrite() {
      return new ReentrantReadWriteLock();
    }

    /** By stamps. */
    public StampedLock stamped() {
      return new StampedLock();
    }

    /** So many permits. */
    public Semaphore semaphore(int permits) {
      return new Semaphore(permits);
    }

    /** So many events. */
    public CountDownLatch latch(int count) {
      return new CountDownLatch(count);
    }

    /** So many parties, and what is done when all are there. */
    public CyclicBarrier barrier(int parties, Runnable action) {
      return new CyclicBarrier(parties, action);
    }

    /** So many parties. */
    public Phaser phaser(int parties) {
      return new Phaser(parties);
    }

    /** Locks the caller's lock, runs, unlocks. */
    public void under(Lock lock, Runnable task) {
      lock.lock();
      try {
        task.run();
      } finally {
        lock.unlock();
      }
    }
  }

  @Conformance
  void aLockBelongsToTheThreadThatTookIt(Locks locks) throws Exception {
    ReentrantLock lock = locks.lock();
    lock.lock();
    lock.lock();
    var taken = new AtomicBoolean(true);
    OtherThread.start(() -> taken.set(lock.tryLock())).join();
    assertThat(taken.get()).isFalse();
    lock.unlock();
    lock.unlock();
    assertThatThrownBy(lock::unlock).isExactlyInstanceOf(IllegalMonitorStateException.class);
    assertThat(lock.tryLock()).isTrue();
    lock.unlock();
  }

  @Conformance
  void aLockKeepsTwoThreadsApart(Locks locks) throws Exception {
    Lock lock = locks.lock();
    int[] counter = {0};
    OtherThread.Task count =
        () -> {
          for (int i = 0; i < 50; i++) {
            lock.lock();
            try {
              counter[0]++;
            } finally {
              lock.unlock();
            }
          }
        };
    Thread first = OtherThread.start(count);
    Thread second = OtherThread.start(count);
    first.join();
    second.join();
    assertThat(counter[0]).isEqualTo(100);
  }

  @Conformance
  void aConditionIsAwaitedAndSignalled(Locks locks) throws Exception {
    ReentrantLock lock = locks.lock();
    Condition changed = lock.newCondition();
    var woken = new AtomicBoolean();
    var waiting = new CountDownLatch(1);
    Thread waiter =
        OtherThread.start(
            () -> {
              lock.lock();
              try {
                waiting.countDown();
                changed.await();
                woken.set(true);
              } finally {
                lock.unlock();
              }
            });
    waiting.await();
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    waiter.join();
    assertThat(woken.get()).isTrue();
    assertThatThrownBy(changed::signal).isExactlyInstanceOf(IllegalMonitorStateException.class);
    lock.lock();
    assertThat(changed.await(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(changed.awaitNanos(1)).isLessThanOrEqualTo(0);
    lock.unlock();
  }

  @Conformance
  void aLockTellsItsState(Locks locks) {
    ReentrantLock lock = locks.lock();
    assertThat(lock.isLocked()).isFalse();
    lock.lock();
    assertThat(lock.isLocked()).isTrue();
    lock.unlock();
  }

  @Conformance
  void aLockTellsWhoseItIs(Locks locks) {
    ReentrantLock lock = locks.lock();
    assertThat(lock.isHeldByCurrentThread()).isFalse();
    lock.lock();
    lock.lock();
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    assertThat(lock.getHoldCount()).isEqualTo(2);
    lock.unlock();
    lock.unlock();
  }

  @Conformance
  void whoWaitsForALockIsInterrupted(Locks locks) throws Exception {
    ReentrantLock lock = locks.lock();
    lock.lock();
    var thrown = new AtomicReference<Throwable>();
    var thread =
        new Thread(
            () -> {
              try {
                lock.lockInterruptibly();
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    thread.start();
    thread.interrupt();
    thread.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    lock.unlock();
  }

  @Conformance
  void readersShareAndWritersDoNot(Locks locks) throws Exception {
    ReadWriteLock lock = locks.readWrite();
    lock.readLock().lock();
    var read = new AtomicBoolean();
    var written = new AtomicBoolean(true);
    OtherThread.start(
            () -> {
              read.set(lock.readLock().tryLock());
              lock.readLock().unlock();
              written.set(lock.writeLock().tryLock());
            })
        .join();
    assertThat(read.get()).isTrue();
    assertThat(written.get()).isFalse();
    lock.readLock().unlock();
    assertThat(lock.writeLock().tryLock(1, TimeUnit.SECONDS)).isTrue();
    lock.writeLock().unlock();
  }

  @Conformance
  void stampsOpenWhatTheyClosed(Locks locks) {
    StampedLock lock = locks.stamped();
    long optimistic = lock.tryOptimisticRead();
    assertThat(lock.validate(optimistic)).isTrue();
    long stamp = lock.writeLock();
    assertThat(lock.validate(optimistic)).isFalse();
    assertThat(lock.tryReadLock()).isZero();
    lock.unlockWrite(stamp);
    assertThatThrownBy(() -> lock.unlockWrite(stamp))
        .isExactlyInstanceOf(IllegalMonitorStateException.class);
  }

  @Conformance
  void permitsAreTakenAndGivenBack(Locks locks) throws Exception {
    Semaphore semaphore = locks.semaphore(2);
    semaphore.acquire();
    assertThat(semaphore.tryAcquire(2)).isFalse();
    Thread waiter = OtherThread.start(() -> semaphore.acquire(2));
    semaphore.release();
    waiter.join();
    assertThat(semaphore.availablePermits()).isZero();
    semaphore.release(2);
    assertThat(semaphore.drainPermits()).isEqualTo(2);
  }

  @Conformance
  void aLatchOpensWhenAllHaveCounted(Locks locks) throws Exception {
    CountDownLatch latch = locks.latch(2);
    assertThat(latch.await(1, TimeUnit.MILLISECONDS)).isFalse();
    Thread waiter = OtherThread.start(latch::await);
    latch.countDown();
    latch.countDown();
    waiter.join();
    assertThat(latch.getCount()).isZero();
  }

  @Conformance
  void aBarrierOpensWhenAllAreThereAndRunsTheActionOfTheCaller(Locks locks) throws Exception {
    var met = new AtomicInteger();
    CyclicBarrier barrier = locks.barrier(2, met::incrementAndGet);
    for (int i = 1; i <= 2; i++) {
      Thread other = OtherThread.start(barrier::await);
      barrier.await();
      other.join();
      assertThat(met.get()).isEqualTo(i);
    }
    assertThat(barrier.getParties()).isEqualTo(2);
  }

  @Conformance
  void aBarrierBreaks(Locks locks) {
    CyclicBarrier barrier = locks.barrier(2, null);
    assertThatThrownBy(() -> barrier.await(1, TimeUnit.MILLISECONDS))
        .isExactlyInstanceOf(TimeoutException.class);
    assertThat(barrier.isBroken()).isTrue();
    assertThatThrownBy(barrier::await).isExactlyInstanceOf(BrokenBarrierException.class);
    barrier.reset();
    assertThat(barrier.isBroken()).isFalse();
  }

  @Conformance
  void aPhaserAdvances(Locks locks) throws Exception {
    Phaser phaser = locks.phaser(2);
    assertThat(phaser.getRegisteredParties()).isEqualTo(2);
    Thread other = OtherThread.start(phaser::arriveAndAwaitAdvance);
    assertThat(phaser.arriveAndAwaitAdvance()).isEqualTo(1);
    other.join();
    assertThat(phaser.register()).isEqualTo(1);
    assertThat(phaser.arriveAndDeregister()).isEqualTo(1);
    assertThat(phaser.getRegisteredParties()).isEqualTo(2);
  }

  @Conformance
  void aLockOfTheCallerIsTakenThere(Locks locks) {
    var lock = new ReentrantLock();
    var held = new AtomicBoolean();
    lock.lock();
    locks.under(lock, () -> held.set(lock.isHeldByCurrentThread() && lock.getHoldCount() == 2));
    assertThat(held.get()).isTrue();
    lock.unlock();
    assertThat(lock.isLocked()).isFalse();
  }

  @Conformance(here = false)
  void aFinalMethodIsAskedForByItsName(Locks locks) throws Exception {
    Semaphore semaphore = locks.semaphore(0);
    Thread waiter = OtherThread.start(semaphore::acquire);
    Awaitility.await()
        .until(
            () ->
                Remote.ref(semaphore)
                    .call("getQueueLength")
                    .block(Duration.ofSeconds(5))
                    .equals(1));
    semaphore.release();
    waiter.join();
  }
}
