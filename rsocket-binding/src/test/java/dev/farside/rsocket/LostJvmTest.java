package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.Unreferenced;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** A crash of the other JVM, and its orderly end. */
@Timeout(60)
public class LostJvmTest {
  /** Keeps its callers waiting. */
  public interface Slow {
    int forever() throws InterruptedException;

    Mono<Integer> mono();

    Flux<Integer> flux();

    Stream<Integer> stream();

    Supplier<Integer> hold(Supplier<Integer> held);

    /** In a thread of its own, which does not unlock it. */
    void lock(Lock lock);

    /** The same, in the thread that calls, forever; tells when it is locked. */
    int lockForever(Lock lock, Runnable locked) throws InterruptedException;
  }

  /** The other JVM. */
  static final class Main implements Slow {
    private Supplier<Integer> held;

    public static void main(String[] args) throws Exception {
      Farside side = Farside.builder().bind("slow", new Main()).build();
      OtherJvm.serve(side.listenNow("tcp://127.0.0.1:0"));
      // and nothing keeps it running
    }

    @Override
    public int forever() throws InterruptedException {
      new CountDownLatch(1).await();
      return 1;
    }

    @Override
    public Mono<Integer> mono() {
      return Mono.never();
    }

    @Override
    public Flux<Integer> flux() {
      return Flux.just(1).concatWith(Flux.never());
    }

    @Override
    public Stream<Integer> stream() {
      return Stream.concat(Stream.of(1), Stream.generate(this::wait1));
    }

    private int wait1() {
      try {
        return forever();
      } catch (InterruptedException e) {
        return 0;
      }
    }

    @Override
    public Supplier<Integer> hold(Supplier<Integer> toHold) {
      held = toHold;
      return () -> held.get();
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // that is the subject
    public void lock(Lock lock) {
      var holder =
          new Thread(
              () -> {
                lock.lock();
                wait1();
              });
      holder.start();
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // that is the subject
    public int lockForever(Lock lock, Runnable locked) throws InterruptedException {
      lock.lock();
      locked.run();
      return forever();
    }
  }

  /** Counts how often it is unreferenced. */
  public static final class Held implements Supplier<Integer>, Unreferenced {
    final AtomicInteger unreferenced = new AtomicInteger();

    @Override
    public Integer get() {
      return 5;
    }

    @Override
    public void onUnreferenced() {
      unreferenced.incrementAndGet();
    }
  }

  @Test
  void whatTheOtherJvmHadLockedHereIsUnlockedWhenItCrashes() throws Exception {
    try (Farside near = Farside.create();
        OtherJvm other = OtherJvm.running(Main.class)) {
      Peer peer = near.connectNow(other.uri());
      var lock = new ReentrantLock();
      peer.lookup("slow", Slow.class).lock(lock);
      await().until(lock::isLocked);
      other.kill();
      assertThat(lock.tryLock(20, TimeUnit.SECONDS)).isTrue();
      lock.unlock();
    }
  }

  @Test
  void whatItHadLockedByTheThreadThatWaitsHereIsUnlockedToo() throws Exception {
    try (Farside near = Farside.create();
        OtherJvm other = OtherJvm.running(Main.class)) {
      Slow slow = near.connectNow(other.uri()).lookup("slow", Slow.class);
      var lock = new ReentrantLock();
      var called = new CountDownLatch(1);
      Runnable calling =
          () -> {
            assertThat(slow.hold(() -> 5).get()).isEqualTo(5);
            called.countDown();
          };
      CompletableFuture<Throwable> failure = failureOf(() -> slow.lockForever(lock, calling));
      called.await();
      other.kill();
      assertThat(lock.tryLock(20, TimeUnit.SECONDS)).isTrue();
      lock.unlock();
      assertThat(failure.get()).isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void everythingEndsOnceWhenTheOtherJvmCrashes() throws Exception {
    try (Farside near = Farside.create();
        OtherJvm other = OtherJvm.running(Main.class)) {
      Peer peer = near.connectNow(other.uri());
      Slow slow = peer.lookup("slow", Slow.class);
      var held = new Held();
      Supplier<Integer> there = slow.hold(held);
      assertThat(there.get()).isEqualTo(5);
      CompletableFuture<Throwable> blocked = failureOf(slow::forever);
      Iterator<Integer> stream = slow.stream().iterator();
      assertThat(stream.next()).isEqualTo(1);
      CompletableFuture<Throwable> reading = failureOf(stream::next);
      CompletableFuture<List<Signal<Integer>>> mono =
          slow.mono().materialize().flux().collectList().toFuture();
      CompletableFuture<List<Signal<Integer>>> flux =
          slow.flux().materialize().collectList().toFuture();
      await().until(() -> peer.stats().pendingCalls() == 4);

      other.kill();

      peer.onClose().block();
      String lost = "The connection to " + other.uri() + " is lost (";
      assertThat(blocked.get()).isInstanceOf(ConnectionLostException.class);
      assertThat(blocked.get()).hasMessageStartingWith(lost);
      assertThat(reading.get()).isInstanceOf(ConnectionLostException.class);
      assertThat(mono.get()).hasSize(1);
      assertThat(mono.get().get(0).getThrowable()).isInstanceOf(ConnectionLostException.class);
      Signal<Integer> last = flux.get().get(flux.get().size() - 1);
      assertThat(last.getThrowable())
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageStartingWith(lost);
      assertThatThrownBy(there::get)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageStartingWith(lost)
          .hasMessageEndingWith("); connect again and look up anew");
      assertThat(there.toString()).endsWith("(disconnected)");
      await().untilAsserted(() -> assertThat(peer.stats().pendingCalls()).isZero());
      assertThat(peer.stats().exports()).isZero();
      assertThat(peer.stats().imports()).isZero();
      await().untilAsserted(() -> assertThat(held.unreferenced).hasValue(1));
    }
  }

  /** Calls. */
  interface Call {
    Object call() throws Exception;
  }

  private static CompletableFuture<Throwable> failureOf(Call call) {
    var failure = new CompletableFuture<Throwable>();
    var thread =
        new Thread(
            () -> {
              try {
                failure.complete(new AssertionError("returned " + call.call()));
              } catch (Exception e) {
                failure.complete(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return failure;
  }

  @Test
  void aJvmWhoseListenerClosedEndsByItself() {
    try (Farside near = Farside.create()) {
      Peer peer;
      try (OtherJvm other = OtherJvm.running(Main.class)) {
        peer = near.connectNow(other.uri());
        Slow slow = peer.lookup("slow", Slow.class);
        assertThat(slow.hold(() -> 3).get()).isEqualTo(3);
      }
      peer.onClose().block();
      assertThatThrownBy(peer::names).isInstanceOf(ConnectionLostException.class);
    }
  }
}
