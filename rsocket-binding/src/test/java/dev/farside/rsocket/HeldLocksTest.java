package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.Listener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is locked by a call is known to be held by the worker that carried it out. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // it is about who holds what, when
@Timeout(20)
class HeldLocksTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  private BooleanSupplier worker;

  @BeforeEach
  void connect() {
    BooleanSupplier here = () -> HeldLocks.current().areAny();
    worker = sides.lookup(here, BooleanSupplier.class);
  }

  /** Whether the worker of the current thread's chain over there holds any. */
  private boolean areAny() {
    return worker.getAsBoolean();
  }

  private Lock remote(Lock lock) {
    return sides.lookup(lock, Lock.class);
  }

  @Test
  void aLockIsHeldUntilItIsUnlockedAsOften() throws InterruptedException {
    Lock lock = remote(new ReentrantLock());
    assertThat(areAny()).isFalse();
    lock.lock();
    assertThat(areAny()).isTrue();
    lock.lockInterruptibly();
    assertThat(lock.tryLock()).isTrue();
    assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 3; i++) {
      lock.unlock();
      assertThat(areAny()).isTrue();
    }
    lock.unlock();
    assertThat(areAny()).isFalse();
  }

  @Test
  void whatCouldNotBeLockedOrUnlockedChangesNothing() throws InterruptedException {
    var own = new ReentrantLock();
    own.lock();
    Lock lock = remote(own);
    assertThat(lock.tryLock()).isFalse();
    assertThat(lock.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    assertThat(areAny()).isFalse();
    own.unlock();
    lock.lock();
    assertThat(areAny()).isTrue();
    lock.unlock();
  }

  @Test
  void bothHalvesOfAReadWriteLockAreHeld() {
    ReadWriteLock lock = sides.lookup(new ReentrantReadWriteLock(), ReadWriteLock.class);
    lock.readLock().lock();
    assertThat(areAny()).isTrue();
    lock.readLock().unlock();
    lock.writeLock().lock();
    assertThat(areAny()).isTrue();
    lock.writeLock().unlock();
    assertThat(areAny()).isFalse();
  }

  @Test
  void aLockThatGivesAnotherViewOfItselfEachTimeIsHeldUntilOneIsUnlocked() {
    var stamped = new StampedLock();
    Supplier<Lock> views = stamped::asWriteLock;
    @SuppressWarnings("unchecked")
    Supplier<Lock> remote = sides.lookup(views, Supplier.class);
    remote.get().lock();
    assertThat(areAny()).isTrue();
    remote.get().unlock();
    assertThat(areAny()).isFalse();
  }

  @Test
  void aLockOfAThirdSideIsHeldToo() {
    try (Farside third = Farside.builder().bind("lock", new ReentrantLock()).build();
        Farside middle = Farside.create();
        Listener listener = third.listenNow("tcp://127.0.0.1:0")) {
      Lock lock = remote(middle.connectNow(listener.uri()).lookup("lock", Lock.class));
      lock.lock();
      assertThat(areAny()).isTrue();
      lock.unlock();
      assertThat(areAny()).isFalse();
    }
  }

  @Test
  void whoHasAwaitedAConditionHoldsItsLock() throws InterruptedException {
    Lock lock = remote(new ReentrantLock());
    lock.lock();
    Condition condition = lock.newCondition();
    assertThat(condition.await(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(areAny()).isTrue();
    lock.unlock();
    assertThat(areAny()).isFalse();
  }

  @Test
  void whatAnotherThreadHasLockedIsItsOwn() throws Exception {
    Lock lock = remote(new ReentrantLock());
    var there = new CompletableFuture<Boolean>();
    var done = new CompletableFuture<Void>();
    var other =
        new Thread(
            () -> {
              lock.lock();
              there.complete(areAny());
              done.join();
              lock.unlock();
            });
    other.start();
    assertThat(there.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(areAny()).isFalse();
    done.complete(null);
    lock.lock();
    lock.unlock();
  }
}
