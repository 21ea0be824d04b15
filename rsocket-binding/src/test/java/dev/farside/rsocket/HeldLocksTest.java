package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.CallTimeoutException;
import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.NonCancellable;
import dev.farside.OneWay;
import dev.farside.Peer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
  void toUnlockWhatAMethodHasLockedChangesNothing() {
    var locked = new ReentrantLock();
    Runnable locking = locked::lock;
    Lock lock = remote(new ReentrantLock());
    lock.lock();
    sides.lookup(locking, Runnable.class).run();
    remote(locked).unlock();
    assertThat(areAny()).isTrue();
    lock.unlock();
    assertThat(areAny()).isFalse();
  }

  /** Has a one-way method, which holds up the calls that come after it. */
  public interface PausingLock extends Lock {
    @OneWay
    void pause();

    @Override
    @dev.farside.Timeout(200)
    void unlock();
  }

  /** Pauses until it is told. */
  static final class Paused extends ReentrantLock implements PausingLock {
    private static final long serialVersionUID = 1;

    final transient CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void pause() {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whoGivesUpUnlockingBeforeItBeginsUnlocksAllTheSame() {
    var own = new Paused();
    PausingLock lock = sides.lookup(own, PausingLock.class);
    lock.lock();
    lock.pause();
    assertThatThrownBy(lock::unlock).isInstanceOf(CallTimeoutException.class);
    assertThat(areAny()).isTrue(); // and the other side has heard that it is given up
    own.goOn.countDown();
    await().until(() -> !own.isLocked());
  }

  /** Locks, and unlocks when it is given up. */
  public interface Work {
    @dev.farside.Timeout(200)
    void work();
  }

  @Test
  void whoHasNoTimeLeftUnlocksAllTheSame() {
    var own = new ReentrantLock();
    try (Farside third = Farside.builder().bind("lock", own).build();
        Farside middle = Farside.create();
        Listener listener = third.listenNow("tcp://127.0.0.1:0")) {
      Lock lock = middle.connectNow(listener.uri()).lookup("lock", Lock.class);
      Work there = sides.lookup((Work) () -> lockUntilGivenUp(lock), Work.class);
      assertThatThrownBy(there::work).isInstanceOf(CallTimeoutException.class);
      await().until(() -> !own.isLocked());
      assertThat(own.tryLock()).isTrue();
    }
  }

  private static void lockUntilGivenUp(Lock lock) {
    lock.lock();
    try {
      awaitInterrupt();
    } finally {
      lock.unlock();
    }
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hears that something is locked. */
  public interface Locking {
    @OneWay
    void locked();
  }

  /** Tells, before it answers, who has locked it. */
  static final class Told extends ReentrantLock {
    private static final long serialVersionUID = 1;

    transient volatile Locking listener = () -> {};

    @Override
    public void lock() {
      super.lock();
      listener.locked();
    }
  }

  /** Waits not for long. */
  public interface HastyLock {
    @dev.farside.Timeout(200)
    void lock();
  }

  @Test
  void whatIsLockedByACallWhoseAnswerCameTooLateIsUnlocked() throws Exception {
    var own = new Told();
    HastyLock lock = sides.lookup(own, HastyLock.class);
    Locking holdsUpTheAnswer = HeldLocksTest::awaitInterrupt; // until the call's time is over
    sides.near().bind("listener", holdsUpTheAnswer);
    own.listener = sides.peerOfFar().lookup("listener", Locking.class);
    assertThatThrownBy(lock::lock).isInstanceOf(CallTimeoutException.class);
    assertThat(areAny()).isFalse();
    assertThat(own.isLocked()).isFalse();
  }

  /** An object of the far side that the near side calls by another connection. */
  private static <T> T lookup(TwoSides sides, Peer another, T target, Class<T> face) {
    String name = "of another" + target.hashCode();
    sides.far().bind(name, target);
    return another.lookup(name, face);
  }

  /** Locks what it is given. */
  public interface Locker {
    void lock(Lock lock);
  }

  /** Relies on a lock that its caller holds. */
  @NonCancellable
  private static final class Relying implements Runnable {
    final CountDownLatch begun = new CountDownLatch(1);
    final CompletableFuture<Boolean> relied = new CompletableFuture<>();
    private final ReentrantLock lock;
    private final Runnable elsewhere;

    Relying(ReentrantLock lock, Runnable elsewhere) {
      this.lock = lock;
      this.elsewhere = elsewhere;
    }

    @Override
    public void run() {
      begun.countDown();
      Peer.current().onClose().block();
      elsewhere.run();
      relied.complete(lock.isHeldByCurrentThread());
    }
  }

  @Test
  void whatALostCallerHeldIsUnlockedWhenItsCallHasEnded() throws Exception {
    Peer another = sides.near().connectNow(sides.listener().uri());
    var own = new ReentrantLock();
    sides.near().bind("nothing", (Runnable) () -> {});
    var relying = new Relying(own, sides.peerOfFar().lookup("nothing", Runnable.class));
    lookup(sides, another, (Lock) own, Lock.class).lock();
    Runnable there = lookup(sides, another, (Runnable) relying, Runnable.class);
    var closing =
        new Thread(
            () -> {
              try {
                relying.begun.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              another.close();
            });
    closing.start();
    assertThatThrownBy(there::run).isInstanceOf(ConnectionLostException.class);
    assertThat(relying.relied.get(10, TimeUnit.SECONDS)).isTrue();
    await().until(() -> !own.isLocked());
    closing.join();
  }

  @Test
  void whatACallLeavesLockedByACallbackIsItsCallersOwn() {
    Peer another = sides.near().connectNow(sides.listener().uri());
    var own = new ReentrantLock();
    lookup(sides, another, (Locker) Lock::lock, Locker.class).lock(own);
    assertThat(own.isHeldByCurrentThread()).isTrue();
    another.close();
    assertThat(areAny()).isFalse();
    assertThat(own.isHeldByCurrentThread()).isTrue();
    own.unlock();
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
