package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import dev.farside.OneWay;
import dev.farside.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What locks and thread locals promise within one JVM, they promise to a chain across two. */
@Timeout(60)
public class LocksAcrossJvmsTest {
  /** Runs what it is given. */
  public interface Relay {
    /** Now, in the chain of the caller. */
    void run(Runnable action);

    /** When told to {@link #fire}, on a thread that nobody called. */
    void keep(Runnable action);

    /** Waits until told to {@link #open}. */
    void waitUntilOpen() throws InterruptedException;

    /** Tells that it has begun, and waits like {@link #waitUntilOpen}. */
    void waitUntilOpen(Progress progress) throws InterruptedException;

    /** How many wait. */
    int waiting();

    void fire();

    void open();
  }

  /** Is told without anybody waiting. */
  public interface Progress {
    @OneWay
    void begun();
  }

  /** The other JVM. */
  static final class Main implements Relay {
    private final List<Runnable> kept = new ArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch opened = new CountDownLatch(1);

    public static void main(String[] args) throws Exception {
      TwoJvms.serve(
          Farside.builder()
              .bind("relay", new Main())
              .bind("lock", new ReentrantLock())
              .bind("queue", new SynchronousQueue<String>()));
    }

    @Override
    public void run(Runnable action) {
      action.run();
    }

    @Override
    public synchronized void keep(Runnable action) {
      kept.add(action);
    }

    @Override
    public synchronized void fire() {
      for (Runnable action : kept) {
        new Thread(action, "timer").start();
      }
      kept.clear();
    }

    @Override
    public void waitUntilOpen() throws InterruptedException {
      waiting.incrementAndGet();
      opened.await();
    }

    @Override
    public void waitUntilOpen(Progress progress) throws InterruptedException {
      progress.begun();
      opened.await();
    }

    @Override
    public int waiting() {
      return waiting.get();
    }

    @Override
    public void open() {
      opened.countDown();
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private <T> T get(Future<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aCallbackEntersSynchronizedThatItsCallerHolds() {
    Relay relay = jvms.lookup("relay", Relay.class);
    var monitor = new Object();
    var heard = new ArrayList<String>();
    synchronized (monitor) {
      relay.run(
          () -> {
            synchronized (monitor) {
              heard.add("outer");
              relay.run(
                  () -> {
                    synchronized (monitor) {
                      heard.add("inner");
                    }
                  });
            }
          });
    }
    assertThat(heard).containsExactly("outer", "inner");
  }

  @Test
  void aCallbackEntersTheReentrantLockThatItsCallerHolds() {
    Relay relay = jvms.lookup("relay", Relay.class);
    var lock = new ReentrantLock();
    var holds = new ArrayList<Integer>();
    lock.lock();
    try {
      relay.run(
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
  void aOneWayCallbackThatCallsBackLeavesTheLockOverThereToItsChain() throws Exception {
    Relay relay = jvms.lookup("relay", Relay.class);
    Lock lock = jvms.lookup("lock", Lock.class);
    lock.lock();
    try {
      relay.waitUntilOpen(relay::open);
    } finally {
      lock.unlock();
    }
    assertThat(threads.submit(() -> lock.tryLock()).get()).isTrue();
  }

  @Test
  void aCallbackSeesAndSetsTheThreadLocalsOfItsCaller() {
    Relay relay = jvms.lookup("relay", Relay.class);
    var user = new ThreadLocal<String>();
    user.set("ada");
    relay.run(() -> user.set(user.get() + " and bob"));
    assertThat(user.get()).isEqualTo("ada and bob");
  }

  /** One caller: holds a lock and waits over there. */
  private Future<Thread> waitWith(ReentrantLock lock, Relay relay) {
    return threads.submit(
        () -> {
          lock.lock();
          try {
            relay.waitUntilOpen();
          } finally {
            lock.unlock();
          }
          return Thread.currentThread();
        });
  }

  @Test
  void aForeignCallbackWaitsForTheLockThatACallerHoldsAndNeverRunsOnItsThread() throws Exception {
    Relay relay = jvms.lookup("relay", Relay.class);
    int callers = 4;
    List<Future<Thread>> blocked = new ArrayList<>();
    var reached = new CountDownLatch(callers);
    BlockingQueue<Thread> entered = new LinkedBlockingQueue<>();
    for (int i = 0; i < callers; i++) {
      var lock = new ReentrantLock();
      blocked.add(waitWith(lock, relay));
      relay.keep(
          () -> {
            reached.countDown();
            lock.lock();
            try {
              entered.add(Thread.currentThread());
            } finally {
              lock.unlock();
            }
          });
      while (relay.waiting() <= i) {
        Thread.onSpinWait();
      }
    }
    relay.fire();
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
    var ofAnotherChain = new ArrayList<Thread>();
    relay.run(() -> ofAnotherChain.add(Thread.currentThread()));
    assertThat(ofAnotherChain).containsExactly(Thread.currentThread());
    assertThat(entered).isEmpty();
    relay.open();
    for (Future<Thread> caller : blocked) {
      assertThat(entered.poll(10, TimeUnit.SECONDS)).isNotNull().isNotEqualTo(get(caller));
    }
    assertThat(entered).isEmpty();
  }

  @Test
  void aLockOfTheOtherJvmIsHeldByTheThreadThatLockedIt() throws Exception {
    Lock lock = jvms.lookup("lock", Lock.class);
    int rounds = 100;
    var counter = new int[1];
    Callable<Void> adder =
        () -> {
          for (int i = 0; i < rounds; i++) {
            lock.lock();
            try {
              counter[0]++;
            } finally {
              lock.unlock();
            }
          }
          return null;
        };
    int contenders = 8;
    for (Future<Void> future : threads.invokeAll(Collections.nCopies(contenders, adder))) {
      get(future);
    }
    assertThat(counter[0]).isEqualTo(contenders * rounds);
    assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
    assertThat(get(threads.submit(() -> lock.tryLock()))).isFalse();
    lock.unlock();
  }

  @Test
  void aConditionOfTheOtherJvmIsAwaitedByTheThreadThatHoldsItsLock() throws Exception {
    Lock lock = jvms.lookup("lock", Lock.class);
    Condition changed = lock.newCondition();
    var waits = new CountDownLatch(1);
    var signalled = new AtomicBoolean();
    Future<Boolean> waiter =
        threads.submit(
            () -> {
              lock.lock();
              try {
                waits.countDown();
                boolean inTime = true;
                while (inTime && !signalled.get()) {
                  inTime = changed.await(20, TimeUnit.SECONDS);
                }
                return inTime;
              } finally {
                lock.unlock();
              }
            });
    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
    lock.lock(); // had once the waiter awaits
    try {
      signalled.set(true);
      changed.signal();
    } finally {
      lock.unlock();
    }
    assertThat(get(waiter)).isTrue();
  }

  /** Fails if the lock is not free. */
  private void assertFree(Lock lock) throws Exception {
    assertThat(get(threads.submit(() -> lock.tryLock(10, TimeUnit.SECONDS)))).isTrue();
  }

  @Test
  void whoIsInterruptedWhileItAwaitsAConditionStillHoldsTheLockAndUnlocksIt() throws Exception {
    Lock lock = jvms.lookup("lock", Lock.class);
    Condition never = lock.newCondition();
    var locked = new CountDownLatch(1);
    var waiter =
        new FutureTask<>(
            () -> {
              lock.lock();
              try {
                locked.countDown();
                while (true) {
                  never.await();
                }
              } catch (InterruptedException e) {
                return "was interrupted";
              } finally {
                lock.unlock();
              }
            });
    var thread = new Thread(waiter);
    thread.start();
    assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(get(waiter)).isEqualTo("was interrupted");
    assertFree(lock);
  }

  /** As a caller sees it that has little time. */
  public interface HastyRelay {
    @dev.farside.Timeout(200)
    void waitUntilOpen();
  }

  @Test
  void whoHasWaitedTooLongForACallStillHoldsTheLockAndUnlocksIt() throws Exception {
    Lock lock = jvms.lookup("lock", Lock.class);
    HastyRelay relay = jvms.lookup("relay", HastyRelay.class);
    lock.lock();
    try {
      assertThatThrownBy(relay::waitUntilOpen).isExactlyInstanceOf(CallTimeoutException.class);
    } finally {
      lock.unlock();
    }
    assertFree(lock);
  }

  @Test
  void whoIsInterruptedUnlocksAlthoughItsFlagIsSet() throws Exception {
    Lock lock = jvms.lookup("lock", Lock.class);
    lock.lock();
    try {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertFree(lock);
  }

  @Test
  void aCallThatDeclaresToBeInterruptedIsNotSentByWhoIs() {
    Relay relay = jvms.lookup("relay", Relay.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(relay::waitUntilOpen).isExactlyInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(relay.waiting()).isZero();
  }

  @Test
  void aLockOutlivesAnotherConnectionOfItsHolder() throws Exception {
    Lock lock = jvms.lookup("lock", Lock.class);
    Relay relay = jvms.lookup("relay", Relay.class);
    lock.lock();
    try {
      try (Peer another = jvms.near().connectNow(jvms.uri())) {
        assertThat(another.lookup("relay", Relay.class).waiting()).isZero();
      }
      assertThat(get(threads.submit(relay::waiting))).isZero();
    } finally {
      lock.unlock();
    }
    assertFree(lock);
  }

  @Test
  void oneThreadTakesWhatAnotherPutsOverOneConnection() throws Exception {
    @SuppressWarnings("unchecked")
    BlockingQueue<String> queue = jvms.lookup("queue", BlockingQueue.class);
    int items = 200;
    Future<List<String>> taker =
        threads.submit(
            () -> {
              var taken = new ArrayList<String>();
              for (int i = 0; i < items; i++) {
                taken.add(queue.take());
              }
              return taken;
            });
    for (int i = 0; i < items; i++) {
      queue.put("item " + i);
    }
    assertThat(get(taker)).hasSize(items).startsWith("item 0").endsWith("item 199");
  }
}
