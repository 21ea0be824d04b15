package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.ConnectionLostException;
import dev.farside.OneWay;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.Serial;
import dev.farside.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/** An object with one method for each kind of call, and all these calls. */
public final class KindsOfCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SHORT_MILLIS = 50;

  /** A {@code callTimeout} for those who are given no answer. */
  static final Duration SHORT = Duration.ofMillis(SHORT_MILLIS);

  private KindsOfCalls() {}

  /** Faces for callers that wait. */
  public interface Kinds {
    int add(int a, int b);

    int through(IntUnaryOperator callback);

    List<String> live();

    Stream<Integer> stream(int n);

    void fail() throws IOException;

    /** Without end. */
    void sleep() throws InterruptedException;

    @OneWay
    void tell(String news);

    byte[] large(byte[] bytes);

    /** Until so many calls that do not end have begun. */
    void awaitBegun(int calls) throws InterruptedException;

    /** Ends the connection. */
    void hangUp();

    /** Waits where it must not. */
    Mono<String> wrong();
  }

  /** The same, for callers that do not wait. */
  public interface ReactiveKinds {
    Mono<Integer> add(int a, int b);

    Mono<Integer> through(IntUnaryOperator callback);

    Flux<Integer> stream(int n);

    Flux<Integer> numbers(int n);

    Flux<Integer> twice(Flux<Integer> numbers);

    CompletableFuture<Integer> later();

    Mono<Void> sleep();

    Mono<Integer> never();

    @OneWay
    Mono<Void> tell(String news);

    @OneWay
    Mono<Void> tellLater(String news);

    Mono<Void> fail();
  }

  /** The same, for callers that wait for a short time. */
  @Timeout(SHORT_MILLIS)
  public interface HastyKinds {
    void sleep();
  }

  /** The same, for callers that do not wait, nor have time. */
  @Timeout(SHORT_MILLIS)
  public interface HastyReactiveKinds {
    Mono<Void> sleep();

    @OneWay
    Mono<Void> never();
  }

  /** What is called. */
  public static class PlainKinds implements Kinds {
    private final List<String> live = new ArrayList<>(List.of("a", "b"));
    private final Semaphore begun = new Semaphore(0);

    @Override
    public int add(int a, int b) {
      return a + b;
    }

    @Override
    public int through(IntUnaryOperator callback) {
      return callback.applyAsInt(1);
    }

    @Override
    public List<String> live() {
      return live;
    }

    @Override
    public Stream<Integer> stream(int n) {
      return IntStream.range(0, n).boxed();
    }

    /** Known to the reactive face only. */
    public Flux<Integer> numbers(int n) {
      return Flux.range(0, n);
    }

    /** Known to the reactive face only. */
    public Flux<Integer> twice(Flux<Integer> numbers) {
      return numbers.map(n -> 2 * n);
    }

    /** Known to the reactive face only. */
    public CompletableFuture<Integer> later() {
      return CompletableFuture.supplyAsync(() -> 1);
    }

    /** Known to the reactive face only. */
    public Mono<Void> tellLater(String news) {
      return Mono.delay(Duration.ofMillis(1)).then();
    }

    /** Known to the reactive face only. */
    public Mono<Integer> never() {
      begun.release();
      return Mono.never();
    }

    @Override
    public void fail() throws IOException {
      throw new IOException("expected");
    }

    @Override
    public void sleep() throws InterruptedException {
      begun.release();
      new CountDownLatch(1).await();
    }

    @Override
    public void tell(String news) {
      live.add(news);
    }

    @Override
    public byte[] large(byte[] bytes) {
      return bytes.clone();
    }

    @Override
    public void awaitBegun(int calls) throws InterruptedException {
      begun.acquire(calls);
    }

    @Override
    public void hangUp() {
      Peer.current().close();
    }

    @Override
    public Mono<String> wrong() {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Mono.just(Thread.currentThread() instanceof NonBlocking ? "a loop" : "no loop");
    }
  }

  /** The same, one call at a time. */
  @Serial
  public static final class SerialKinds extends PlainKinds {}

  /** Calls what is bound there to "kinds" and to "serial", and has it call what is of a third. */
  static void make(Peer peer, Peer third) {
    Kinds kinds = peer.lookup("kinds", Kinds.class);
    ReactiveKinds reactive = peer.lookup("kinds", ReactiveKinds.class);
    for (int i = 0; i < 50; i++) {
      wait(kinds);
      react(reactive);
      reachThird(kinds, reactive, third);
      queue(peer.lookup("serial", Kinds.class), peer.lookup("serial", ReactiveKinds.class));
    }
    assertThat(kinds.large(new byte[5_000_000])).hasSize(5_000_000);
    giveUp(peer);
    System.gc();
    kinds.add(1, 1);
  }

  private static void wait(Kinds kinds) {
    assertThat(kinds.add(1, 1)).isEqualTo(2);
    assertThat(kinds.through(n -> kinds.add(n, n))).isEqualTo(2);
    kinds.tell("news");
    assertThat(kinds.live()).contains("b");
    assertThat(kinds.live().get(0)).isEqualTo("a");
    assertThat(kinds.stream(300).mapToInt(n -> n).sum()).isEqualTo(300 * 299 / 2);
    assertThatThrownBy(kinds::fail).isInstanceOf(IOException.class);
    Mono<Integer> three = Remote.async(kinds, k -> k.add(1, k.add(1, 1)));
    assertThat(three.subscribeOn(Schedulers.parallel()).block(PATIENCE)).isEqualTo(3);
  }

  private static void react(ReactiveKinds kinds) {
    assertThat(
            Flux.range(0, 50)
                .flatMap(n -> kinds.add(n, 1))
                .publishOn(Schedulers.parallel())
                .flatMap(n -> kinds.add(n, 1))
                .count()
                .block(PATIENCE))
        .isEqualTo(50);
    assertThat(kinds.stream(1000).count().block(PATIENCE)).isEqualTo(1000);
    assertThat(kinds.numbers(1000).count().block(PATIENCE)).isEqualTo(1000);
    assertThat(kinds.numbers(1_000_000).take(10).count().block(PATIENCE)).isEqualTo(10);
    assertThat(kinds.twice(Flux.range(0, 500)).count().block(PATIENCE)).isEqualTo(500);
    assertThat(kinds.later().join()).isEqualTo(1);
    assertThat(kinds.fail().onErrorComplete(IOException.class).hasElement().block(PATIENCE))
        .isFalse();
    Flux<Void> told = Flux.range(0, 10).flatMap(n -> kinds.tell("a").and(kinds.tellLater("b")));
    assertThat(told.then(kinds.add(1, 1)).block(PATIENCE)).isEqualTo(2);
  }

  private static void reachThird(Kinds kinds, ReactiveKinds reactive, Peer third) {
    IntUnaryOperator next = third.lookup("next", IntUnaryOperator.class);
    ReactiveKinds others = third.lookup("kinds", ReactiveKinds.class);
    assertThat(kinds.through(next)).isEqualTo(2);
    assertThat(reactive.through(next).block(PATIENCE)).isEqualTo(2);
    assertThat(reactive.twice(others.numbers(500)).count().block(PATIENCE)).isEqualTo(500);
  }

  private static void queue(Kinds serial, ReactiveKinds reactive) {
    Flux<Integer> calls =
        Flux.range(0, 10)
            .flatMap(
                n ->
                    Flux.merge(
                        reactive.add(n, 1),
                        reactive.numbers(3),
                        Mono.fromFuture(reactive::later),
                        reactive.tellLater("news").then(Mono.empty()),
                        Remote.async(serial, s -> s.through(i -> s.add(i, i)))));
    assertThat(calls.count().block(PATIENCE)).isEqualTo(10 * 6);
  }

  private static void giveUp(Peer peer) {
    ReactiveKinds reactive = peer.lookup("kinds", ReactiveKinds.class);
    HastyKinds hasty = peer.lookup("kinds", HastyKinds.class);
    HastyReactiveKinds hastyReactive = peer.lookup("kinds", HastyReactiveKinds.class);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> reactive.sleep().timeout(SHORT).block(PATIENCE))
          .isInstanceOf(RuntimeException.class)
          .isNotInstanceOf(CallTimeoutException.class);
      assertTimesOut(hasty::sleep);
      assertTimesOut(() -> hastyReactive.sleep().block(PATIENCE));
      hastyReactive.never().block(PATIENCE);
      assertThat(reactive.add(1, 1).block(PATIENCE)).isEqualTo(2);
    }
  }

  /** Calls what does not answer, by a side with a {@code callTimeout}. */
  static void timeOut(Peer hasty) {
    Kinds kinds = hasty.lookup("kinds", Kinds.class);
    ReactiveKinds reactive = hasty.lookup("kinds", ReactiveKinds.class);
    for (int i = 0; i < 5; i++) {
      assertTimesOut(kinds::sleep);
      assertTimesOut(() -> reactive.never().block(PATIENCE));
    }
  }

  private static void assertTimesOut(ThrowingCallable call) {
    assertThatThrownBy(call).isExactlyInstanceOf(CallTimeoutException.class);
  }

  /** Calls what does not answer, until the peer ends the connection, or until this side does. */
  static void lose(Peer endedThere, Peer endedHere) throws InterruptedException {
    List<CompletableFuture<?>> pending = pending(endedThere);
    assertThatThrownBy(endedThere.lookup("kinds", Kinds.class)::hangUp)
        .isInstanceOf(ConnectionLostException.class);
    assertLost(pending);
    pending = pending(endedHere);
    endedHere.close();
    assertLost(pending);
  }

  /** Calls that have begun, of what is bound there to "lost". */
  private static List<CompletableFuture<?>> pending(Peer peer) throws InterruptedException {
    Kinds kinds = peer.lookup("lost", Kinds.class);
    ReactiveKinds reactive = peer.lookup("lost", ReactiveKinds.class);
    List<CompletableFuture<?>> pending =
        List.of(
            Remote.async(kinds, KindsOfCalls::sleep).toFuture(),
            reactive.sleep().toFuture(),
            reactive.never().toFuture(),
            reactive.twice(Flux.never()).then().toFuture());
    kinds.awaitBegun(3);
    return pending;
  }

  private static void assertLost(List<CompletableFuture<?>> pending) {
    for (CompletableFuture<?> each : pending) {
      assertThatThrownBy(() -> each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isExactlyInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ConnectionLostException.class);
    }
  }

  private static boolean sleep(Kinds kinds) throws InterruptedException {
    kinds.sleep();
    return true;
  }
}
