package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.PeerStats;
import dev.farside.Remote;
import dev.farside.Unreferenced;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A reference ends by garbage collection, by release, and with its connection. */
@Timeout(60)
public class ReferencesEndTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Gives its one thing, and a new one. */
  public interface Shop {
    Thing same();

    Thing fresh();

    void take(Supplier<Integer> supplier);
  }

  /** Takes without waiting. */
  public interface LaterShop {
    Mono<Void> take(Supplier<Integer> supplier);
  }

  /** Can be closed. */
  public interface Thing extends Closeable {
    int number();

    @Override
    void close();
  }

  /** Counts what happens to it. */
  public static class CountedThing implements Thing, Unreferenced {
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger unreferenced = new AtomicInteger();

    @Override
    public int number() {
      return 7;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }

    @Override
    public void onUnreferenced() {
      unreferenced.incrementAndGet();
    }
  }

  /** Keeps one thing. */
  public static class CountedShop implements Shop {
    final CountedThing thing = new CountedThing();
    final AtomicInteger taken = new AtomicInteger();

    @Override
    public Thing same() {
      return thing;
    }

    @Override
    public Thing fresh() {
      return new CountedThing();
    }

    @Override
    public void take(Supplier<Integer> supplier) {
      taken.incrementAndGet();
    }
  }

  private final CountedShop there = new CountedShop();

  private Shop shop() {
    return sides.lookup(there, Shop.class);
  }

  private int exportsThere() {
    return sides.peerOfFar().stats().exports();
  }

  private void awaitExportsThere(int exports) {
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(exportsThere()).isEqualTo(exports);
            });
  }

  @Test
  void aReferenceThatIsGarbageIsReleasedOnce() {
    Shop shop = shop();
    List<Thing> held = new ArrayList<>(List.of(shop.same(), shop.same(), shop.same()));
    assertThat(exportsThere()).isEqualTo(1);
    assertThat(held.get(0)).isSameAs(held.get(2));
    System.gc();
    assertThat(held.get(1).number()).isEqualTo(7);
    held.clear();
    awaitExportsThere(0);
    await().untilAsserted(() -> assertThat(there.thing.unreferenced).hasValue(1));
    assertThat(sides.peer().stats().imports()).isZero();
  }

  @Test
  void anObjectMayBeReferencedAgainAfterItWasUnreferenced() {
    Shop shop = shop();
    for (int i = 1; i <= 3; i++) {
      int times = i;
      Remote.release(shop.same());
      await().untilAsserted(() -> assertThat(there.thing.unreferenced).hasValue(times));
    }
    assertThat(shop.same().number()).isEqualTo(7);
  }

  @Test
  void releaseEndsAReferenceAtOnce() {
    Thing thing = shop().same();
    Remote.release(thing);
    assertThat(sides.peer().stats().imports()).isZero();
    await().untilAsserted(() -> assertThat(exportsThere()).isZero());
    assertThat(there.thing.closed).hasValue(0);
  }

  @Test
  void closingAProxyClosesTheObjectAndKeepsTheReference() {
    Thing thing = shop().same();
    thing.close();
    assertThat(there.thing.closed).hasValue(1);
    assertThat(thing.number()).isEqualTo(7);
    thing.close();
    assertThat(there.thing.closed).hasValue(2);
  }

  @Test
  void anObjectOfTwoPeersIsUnreferencedWhenBothHaveLetGo() {
    try (Farside third = Farside.create()) {
      sides.far().bind("shop", there);
      Peer other = third.connectNow(sides.listener().uri());
      Thing here = shop().same();
      Thing elsewhere = other.lookup("shop", Shop.class).same();
      assertThat(elsewhere.number()).isEqualTo(7);
      other.close();
      Remote.release(here);
      await().untilAsserted(() -> assertThat(exportsThere()).isZero());
      await().untilAsserted(() -> assertThat(there.thing.unreferenced).hasValue(1));
    }
  }

  @Test
  void aDisconnectReleasesEverythingOnce() {
    Shop shop = shop();
    Thing thing = shop.same();
    shop.fresh();
    sides.peer().close();
    sides.peerOfFar().onClose().block();
    assertThat(exportsThere()).isZero();
    assertThat(sides.peer().stats().imports()).isZero();
    await().untilAsserted(() -> assertThat(there.thing.unreferenced).hasValue(1));
    assertThat(thing.toString()).endsWith("(disconnected)");
  }

  @Test
  void anExceptionOfOnUnreferencedHarmsNobody() {
    var angry =
        new CountedThing() {
          @Override
          public void onUnreferenced() {
            super.onUnreferenced();
            throw new IllegalStateException("logged");
          }
        };
    Shop shop =
        sides.lookup(
            new CountedShop() {
              @Override
              public Thing same() {
                return angry;
              }
            },
            Shop.class);
    Remote.release(shop.same());
    await().untilAsserted(() -> assertThat(angry.unreferenced).hasValue(1));
    assertThat(shop.same().number()).isEqualTo(7);
  }

  @Test
  void tenThousandCallsThatPassCallbacksLeaveNothing() {
    Shop shop = shop();
    for (int i = 1; i <= 100; i++) {
      int number = i;
      shop.take(() -> number);
    }
    LaterShop later = Remote.as(shop, LaterShop.class);
    Flux.range(1, 9_900).flatMap(i -> later.take(() -> i), 64).blockLast();
    assertThat(there.taken).hasValue(10_000);
  }

  @Test
  void referencesGoBackAndForthWhileOthersEnd() throws Exception {
    Shop shop = shop();
    var threads = new ArrayList<Thread>();
    var failures = new AtomicInteger();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  if (shop.same().number() != 7) {
                    failures.incrementAndGet();
                  }
                }
              });
      thread.setUncaughtExceptionHandler((x, e) -> failures.incrementAndGet());
      threads.add(thread);
      thread.start();
    }
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(50))
        .until(
            () -> {
              System.gc();
              return threads.stream().noneMatch(Thread::isAlive);
            });
    assertThat(failures).hasValue(0);
  }

  @Test
  void theCountersOnlyGrow() {
    Shop shop = shop();
    PeerStats before = sides.peer().stats();
    PeerStats beforeThere = sides.peerOfFar().stats();
    Thing thing = shop.same();
    assertThat(thing.number()).isEqualTo(7);
    PeerStats after = sides.peer().stats();
    PeerStats afterThere = sides.peerOfFar().stats();
    assertThat(after.imports()).isEqualTo(1);
    assertThat(after.exports()).isZero();
    assertThat(afterThere.exports()).isEqualTo(1);
    assertThat(after.requestsSent() - before.requestsSent()).isGreaterThanOrEqualTo(2);
    assertThat(afterThere.requestsReceived()).isGreaterThan(beforeThere.requestsReceived());
    assertThat(after.bytesSent()).isGreaterThan(before.bytesSent());
    assertThat(after.bytesReceived()).isGreaterThan(before.bytesReceived());
    await()
        .untilAsserted(
            () ->
                assertThat(sides.peerOfFar().stats().bytesReceived())
                    .isEqualTo(sides.peer().stats().bytesSent()));
    await().untilAsserted(() -> assertThat(sides.peer().stats().pendingCalls()).isZero());
  }

  @Test
  void aPendingCallIsCountedUntilItEnds() throws Exception {
    var called = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Shop shop =
        sides.lookup(
            new CountedShop() {
              @Override
              public Thing fresh() {
                called.countDown();
                try {
                  assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                return super.fresh();
              }
            },
            Shop.class);
    var caller = new Thread(shop::fresh);
    caller.start();
    assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sides.peer().stats().pendingCalls()).isEqualTo(1);
    release.countDown();
    caller.join();
    await().untilAsserted(() -> assertThat(sides.peer().stats().pendingCalls()).isZero());
  }
}
