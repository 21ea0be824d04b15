package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallTimeoutException;
import dev.farside.ConnectionLostException;
import dev.farside.LimitExceededException;
import dev.farside.NoSuchNameException;
import dev.farside.NotPassableException;
import dev.farside.Remote;
import dev.farside.StaleReferenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The failures of the framework: each says what happened, where, and what to do. */
@Timeout(60)
public class FailuresTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Takes and gives anything. */
  public interface Box {
    Object swap(Object object);

    Mono<Object> swapLater(Object object);

    Flux<Object> items(int n, Object object);

    Stream<Object> stream();
  }

  /** Gives what it is told to. */
  public static class PlainBox implements Box {
    Supplier<Object> result = () -> 1;

    @Override
    public Object swap(Object object) {
      return result.get();
    }

    @Override
    public Mono<Object> swapLater(Object object) {
      return Mono.fromSupplier(result);
    }

    @Override
    public Flux<Object> items(int n, Object object) {
      return Flux.range(0, n).map(i -> result.get());
    }

    @Override
    public Stream<Object> stream() {
      return Stream.generate(result);
    }
  }

  private final PlainBox there = new PlainBox();

  private Box box() {
    return sides.lookup(there, Box.class);
  }

  private String peer() {
    return sides.listener().uri();
  }

  private void assertWorks(Box box) {
    there.result = () -> 1;
    assertThat(box.swap(2)).isEqualTo(1);
    assertThat(box.items(3, 2).collectList().block()).containsExactly(1, 1, 1);
  }

  private static Object nested(int depth) {
    Object nested = "x";
    for (int i = 0; i < depth; i++) {
      nested = List.of(nested);
    }
    return nested;
  }

  private static Object cyclic() {
    var cyclic = new Object[] {1, null};
    cyclic[1] = cyclic;
    return cyclic;
  }

  /** Refuses to be read. */
  public record Unreadable(String name) {
    @Override
    public String name() {
      throw new IllegalStateException("not readable");
    }
  }

  @Test
  void anArgumentThatCannotBePassedIsToldWithItsPath() {
    Box box = box();
    assertThatThrownBy(() -> box.swap(List.of(1, cyclic())))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0][1][1]: this [Ljava.lang.Object; contains itself; a value must not"
                + " be cyclic");
    StepVerifier.create(box.swapLater(cyclic()))
        .verifyErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(NotPassableException.class)
                    .hasMessageStartingWith("Cannot pass args[0][1]: "));
    StepVerifier.create(box.items(1, cyclic())).verifyError(NotPassableException.class);
    assertWorks(box);
  }

  @Test
  void aResultThatCannotBePassedIsToldWithItsPath() {
    Box box = box();
    there.result = FailuresTest::cyclic;
    String message =
        "Cannot pass result[1]: this [Ljava.lang.Object; contains itself; a value must not be"
            + " cyclic";
    assertThatThrownBy(() -> box.swap(1))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(message);
    StepVerifier.create(box.swapLater(1)).verifyErrorMessage(message);
    assertWorks(box);
  }

  @Test
  void whatFailsToEncodeExportsNothing() {
    Box box = box();
    Supplier<Integer> mine = () -> 1;
    there.result = () -> List.of((Supplier<Integer>) () -> 2, cyclic());
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> box.swap(List.of(mine, cyclic())))
          .isInstanceOf(NotPassableException.class);
      assertThatThrownBy(() -> box.swap(1)).isInstanceOf(NotPassableException.class);
    }
    assertThat(sides.peer().stats().exports()).isZero();
    assertThat(sides.peerOfFar().stats().exports()).isZero();
    assertWorks(box);
  }

  @Test
  void aValueWhoseAccessorThrowsFailsItsCallOnly() {
    Box box = box();
    there.result = () -> new Unreadable("x");
    String why = ": the accessor name() threw java.lang.IllegalStateException: not readable";
    assertThatThrownBy(() -> box.swap(1))
        .isInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass result" + why);
    assertThatThrownBy(() -> box.swap(new Unreadable("x")))
        .isInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass args[0]" + why);
    StepVerifier.create(box.items(3, 1)).verifyError(NotPassableException.class);
    assertWorks(box);
  }

  @Test
  void aMessageThatIsTooLargeIsNotSent() {
    sides.far(builder -> builder.maxMessageSize(1 << 16));
    Box box = box();
    String message =
        "The message is larger than 65536 bytes, the most that both sides accept: send it as a"
            + " stream of smaller parts, or raise maxMessageSize on both sides";
    assertThatThrownBy(() -> box.swap(new byte[70_000]))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(message);
    there.result = () -> new byte[70_000];
    assertThatThrownBy(() -> box.swap(1))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(message);
    StepVerifier.create(box.items(3, 1)).verifyErrorMessage(message);
    there.result = () -> new byte[60_000];
    assertThat(box.swap(new byte[60_000])).isEqualTo(new byte[60_000]);
    assertWorks(box);
  }

  @Test
  void itemsThatAreTooLargeTogetherAreSentOneByOne() {
    sides.far(builder -> builder.maxMessageSize(1 << 16));
    Box box = box();
    var sizes = List.of(30_000, 60_000, 1, 65_000).iterator();
    there.result = () -> new byte[sizes.next()];
    StepVerifier.create(box.items(4, 1).map(item -> ((byte[]) item).length))
        .expectNext(30_000, 60_000, 1, 65_000)
        .verifyComplete();
    assertWorks(box);
  }

  private static Object references(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> (Supplier<Object>) () -> i)
        .collect(java.util.stream.Collectors.toUnmodifiableList());
  }

  @Test
  void aMessageWhoseReferencesAreTooLargeIsNotSent() {
    sides.far(builder -> builder.maxMessageSize(1 << 16));
    Box box = box();
    assertThatThrownBy(() -> box.swap(references(15_000)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(
            "The message is larger than 65536 bytes, the most that both sides accept: send it as a"
                + " stream of smaller parts, or raise maxMessageSize on both sides");
    assertThat(sides.peer().stats().exports()).isZero();
    assertWorks(box);
  }

  @Test
  void aMessageWithTooManyReferencesIsNotSent() {
    Box box = box();
    assertThatThrownBy(() -> box.swap(references(70_000)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage("A message refers to more than 65536 objects: send it in smaller parts");
    assertThat(sides.peer().stats().exports()).isZero();
    assertWorks(box);
  }

  @Test
  void aValueThatIsNestedTooDeeplyIsNotSent() {
    Box box = box();
    String message =
        "A value nests deeper than 256 levels, the most that both sides accept: pass the inner"
            + " ones by reference";
    assertThatThrownBy(() -> box.swap(nested(300)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(message);
    there.result = () -> nested(300);
    assertThatThrownBy(() -> box.swap(1)).hasMessage(message);
    there.result = () -> nested(200);
    assertThat(box.swap(nested(200))).isEqualTo(nested(200));
    assertWorks(box);
  }

  @Test
  void aMissingNameIsToldAtTheFirstCall() {
    sides.far().bind("a", 1).bind("b", 2);
    Box box = sides.peer().lookup("c", Box.class);
    String message = "Nothing is bound to \"c\"; bound are [a, b]";
    assertThatThrownBy(() -> box.swap(1))
        .isInstanceOf(NoSuchNameException.class)
        .hasMessage(message);
    StepVerifier.create(box.swapLater(1)).verifyErrorMessage(message);
    StepVerifier.create(box.items(1, 1)).verifyErrorMessage(message);
    assertThatThrownBy(box::stream).hasMessage(message);
    sides.far().bind("c", there);
    assertWorks(box);
  }

  @Test
  void aReleasedReferenceIsStale() {
    Box box = box();
    there.result = () -> (Supplier<Object>) () -> 1;
    Supplier<?> held = (Supplier<?>) box.swap(1);
    assertThat(held.get()).isEqualTo(1);
    Remote.release(held);
    assertThatThrownBy(held::get)
        .isInstanceOf(StaleReferenceException.class)
        .hasMessage(
            "Supplier.get(): the reference to Supplier@"
                + peer()
                + "#1 was released; look the object up again");
    await().untilAsserted(() -> assertThat(sides.peerOfFar().stats().exports()).isZero());
    Remote.release(held);
    assertWorks(box);
  }

  @Test
  void aProxyOfAReleasedReferenceThatGoesHomeIsStale() {
    Box box = box();
    there.result = () -> (Supplier<Object>) () -> 1;
    Object held = box.swap(1);
    Remote.release(held);
    await().untilAsserted(() -> assertThat(sides.peerOfFar().stats().exports()).isZero());
    assertThatThrownBy(() -> box.swap(held))
        .isInstanceOf(StaleReferenceException.class)
        .hasMessage(
            "the object #1 came home, but is not there any more; keep a reference while it is in"
                + " use");
    assertWorks(box);
  }

  @Test
  void aCallThatTakesTooLongIsGivenUp() {
    sides.near(builder -> builder.callTimeout(Duration.ofMillis(200)));
    Box box = box();
    var interrupted = new CountDownLatch(1);
    there.result =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return 1;
        };
    assertThatThrownBy(() -> box.swap(1))
        .isInstanceOf(CallTimeoutException.class)
        .hasMessage(
            "Box.swap(Object) on "
                + peer()
                + " did not answer within PT0.2S; it may still have been carried out");
    await().until(() -> interrupted.getCount() == 0);
    assertWorks(box);
  }

  /** Never answers. */
  public interface Silent {
    Mono<Integer> mono();

    Flux<Integer> flux();

    CompletableFuture<Integer> future();
  }

  @Test
  void publishersAndFuturesThatTakeTooLongAreGivenUp() {
    sides.near(builder -> builder.callTimeout(Duration.ofMillis(200)));
    var cancelled = new CountDownLatch(2);
    Silent silent =
        sides.lookup(
            new Silent() {
              @Override
              public Mono<Integer> mono() {
                return Mono.<Integer>never().doOnCancel(cancelled::countDown);
              }

              @Override
              public Flux<Integer> flux() {
                return Flux.<Integer>never().doOnCancel(cancelled::countDown);
              }

              @Override
              public CompletableFuture<Integer> future() {
                return new CompletableFuture<>();
              }
            },
            Silent.class);
    String end =
        " on " + peer() + " did not answer within PT0.2S; it may still have been carried out";
    StepVerifier.create(silent.mono()).verifyErrorMessage("Silent.mono()" + end);
    StepVerifier.create(silent.flux()).verifyErrorMessage("Silent.flux()" + end);
    assertThatThrownBy(() -> silent.future().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CallTimeoutException.class)
        .hasMessage("Silent.future()" + end);
    await().until(() -> cancelled.getCount() == 0);
  }

  @Test
  void blockingWhereThatIsNotAllowedFailsAtOnce() {
    Box box = box();
    var failures = new ArrayList<Throwable>();
    Mono.fromRunnable(
            () -> {
              failures.add(caught(() -> box.swap(1)));
              failures.add(caught(box::stream));
              failures.add(caught(() -> sides.near().connectNow(peer())));
            })
        .subscribeOn(Schedulers.parallel())
        .block();
    assertThat(failures)
        .allSatisfy(f -> assertThat(f).isInstanceOf(BlockingNotAllowedException.class));
    assertThat(failures.get(0))
        .hasMessageMatching(
            "Box\\.swap\\(Object\\) on \\Q"
                + peer()
                + "\\E would block the thread parallel-\\d+, which must not block; use Remote.async"
                + " or a face that returns a Mono");
    assertThat(failures.get(2))
        .hasMessageMatching(
            "connectNow would block the thread parallel-\\d+, which must not block; use the method"
                + " that returns a Mono");
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(1);
  }

  private static Throwable caught(Runnable action) {
    try {
      action.run();
      return new AssertionError("nothing was thrown");
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void everythingThatIsPendingEndsOnceWhenTheConnectionIsLost() throws Exception {
    var started = new CountDownLatch(2);
    var interrupted = new CountDownLatch(1);
    there.result =
        () -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return 1;
        };
    Box box = box();
    Silent silent =
        sides.lookup(
            new Silent() {
              @Override
              public Mono<Integer> mono() {
                started.countDown();
                return Mono.never();
              }

              @Override
              public Flux<Integer> flux() {
                return Flux.just(1).concatWith(Flux.never());
              }

              @Override
              public CompletableFuture<Integer> future() {
                return new CompletableFuture<>();
              }
            },
            Silent.class);
    String lost =
        "The connection to " + peer() + " was closed by the peer; connect again and look up anew";
    var blocked = new AtomicReference<Throwable>();
    var caller = new Thread(() -> blocked.set(caught(() -> box.swap(1))));
    caller.start();
    CompletableFuture<Integer> future = silent.future();
    CompletableFuture<Integer> mono = silent.mono().toFuture();
    var flux = StepVerifier.create(silent.flux().doOnNext(i -> sides.peerOfFar().close()));
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    flux.expectNext(1)
        .verifyErrorSatisfies(
            e -> assertThat(e).isInstanceOf(ConnectionLostException.class).hasMessage(lost));
    caller.join();
    assertThat(blocked.get()).isInstanceOf(ConnectionLostException.class).hasMessage(lost);
    assertThat(blocked.get().getStackTrace()[0].toString())
        .isEqualTo("farside.remote call(Box.swap(Object) on " + peer() + ")");
    assertThatThrownBy(future::get)
        .cause()
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(lost);
    assertThatThrownBy(mono::get)
        .cause()
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(lost);
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> box.swap(1))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(lost);
    StepVerifier.create(silent.flux()).verifyError(ConnectionLostException.class);
  }

  @Test
  void aBlockingReaderOfAStreamEndsWhenTheConnectionIsLost() {
    Box box = box();
    var produced = new AtomicBoolean();
    there.result =
        () -> {
          if (produced.getAndSet(true)) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              // closed
            }
          }
          return 1;
        };
    Iterator<Object> items = box.stream().iterator();
    assertThat(items.next()).isEqualTo(1);
    Mono.delay(Duration.ofMillis(50)).subscribe(t -> sides.peerOfFar().close());
    assertThatThrownBy(items::next)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(
            "The connection to "
                + peer()
                + " was closed by the peer; connect again and look up anew");
  }

  @Test
  void aCallMayCloseItsOwnConnection() throws Exception {
    var closed = new CountDownLatch(1);
    Box box = box();
    there.result =
        () -> {
          dev.farside.Peer.current().close();
          closed.countDown();
          return 1;
        };
    assertThatThrownBy(() -> box.swap(1)).isInstanceOf(ConnectionLostException.class);
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallbackMayCloseTheConnectionOfItsCaller() {
    Caller2 caller = sides.lookup((Caller2) Runnable::run, Caller2.class);
    assertThatThrownBy(() -> caller.call(() -> sides.peer().close()))
        .isInstanceOf(ConnectionLostException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** Calls. */
  public interface Caller2 {
    void call(Runnable action);
  }
}
