package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.Blocking;
import dev.farside.CallTimeoutException;
import dev.farside.Deadline;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.NonCancellable;
import dev.farside.Peer;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a method gives later is part of its call: given up with it, and in no less of a hurry. */
@Timeout(60)
public class LaterResultsTest {
  private static final long SHORT_MILLIS = 300;

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  private final Farside third = Farside.create();
  private Listener listener;
  private Peer middleToThird;

  @BeforeEach
  void startThird() {
    listener = third.listenNow("tcp://127.0.0.1:0");
    middleToThird = sides.far().connectNow(listener.uri());
  }

  @AfterEach
  void stopThird() {
    listener.close();
    third.close();
  }

  /** A proxy, at the side in the middle, of an object of a third side. */
  private <T> T ofThird(Object target, Class<T> face) {
    third.bind("target", target);
    return middleToThird.lookup("target", face);
  }

  private static void awaited(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Gives something. */
  public interface Giving {
    String get() throws InterruptedException;
  }

  /** Waits until it is interrupted. */
  static class Waiting implements Giving {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public String get() throws InterruptedException {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
        return "never";
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }

  /** Gives something later. */
  public interface GivingLater {
    Mono<String> get();
  }

  /** As a caller sees it that has little time. */
  public interface HastyGivingLater {
    @dev.farside.Timeout(SHORT_MILLIS)
    Mono<String> get();
  }

  /** Its Mono blocks when it is subscribed to. */
  static class BlockingLater implements GivingLater {
    private final Giving body;

    BlockingLater(Giving body) {
      this.body = body;
    }

    @Override
    @Blocking
    public Mono<String> get() {
      return Mono.fromCallable(body::get);
    }
  }

  @Test
  void aMonoThatBlocksIsInterruptedWhenItsCallerDisposesIt() throws Exception {
    var body = new Waiting();
    Disposable call = sides.lookup(new BlockingLater(body), GivingLater.class).get().subscribe();
    awaited(body.begun);
    call.dispose();
    awaited(body.interrupted);
  }

  @Test
  void whatAMonoWaitsForAtAThirdSideIsGivenUpWhenItsCallerHasWaitedLongEnough() throws Exception {
    var body = new Waiting();
    Giving ofThird = ofThird(body, Giving.class);
    HastyGivingLater hasty = sides.lookup(new BlockingLater(ofThird), HastyGivingLater.class);
    do { // what has not begun in time never begins
      assertThatThrownBy(hasty.get()::block).isExactlyInstanceOf(CallTimeoutException.class);
    } while (body.begun.getCount() > 0);
    awaited(body.interrupted);
    await().until(() -> middleToThird.stats().pendingCalls() == 0);
  }

  /** Counts who is in it; each goes on when told to, and does not care for interrupts. */
  @Serial
  static class OneAtATime implements GivingLater {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @Override
    @Blocking
    public Mono<String> get() {
      return Mono.fromSupplier(this::body);
    }

    private String body() {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      begun.countDown();
      while (goOn.getCount() > 0) {
        Thread.onSpinWait();
      }
      inside.decrementAndGet();
      return "done";
    }
  }

  @Test
  void theNextCallOfASerialObjectBeginsWhenTheBodyThatWasGivenUpHasEnded() throws Exception {
    var serial = new OneAtATime();
    GivingLater remote = sides.lookup(serial, GivingLater.class);
    Disposable first = remote.get().subscribe();
    awaited(serial.begun);
    first.dispose();
    await().until(() -> sides.peer().stats().pendingCalls() == 0);
    CompletableFuture<String> second = remote.get().toFuture();
    assertThat(sides.peer().names()).isNotEmpty(); // so the second has come in
    assertThat(serial.inside).hasValue(1);
    serial.goOn.countDown();
    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("done");
    assertThat(serial.most).hasValue(1);
  }

  /** Tells whether its caller's time is limited. */
  static final class Clock implements Giving {
    @Override
    public String get() {
      return Deadline.remaining().isPresent() ? "limited" : "unlimited";
    }
  }

  /** As a caller sees the clock that does not wait. */
  public interface ReactiveClock {
    Mono<String> get();
  }

  /** Gives many. */
  public interface GivingMany {
    Flux<String> get();
  }

  /** As a caller sees it that waits half a minute for the first. */
  public interface LimitedMany {
    @dev.farside.Timeout(value = 30, unit = TimeUnit.SECONDS)
    Flux<String> get();
  }

  /** As a caller sees it that waits half a minute for the one. */
  public interface LimitedOne {
    @dev.farside.Timeout(value = 30, unit = TimeUnit.SECONDS)
    String get();
  }

  /** Gives many, each when it is asked for. */
  public interface Streaming {
    Stream<String> get();
  }

  private static String uninterrupted(Giving clock) {
    try {
      return clock.get();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatABlockingMonoCallsHasTheTimeOfItsCaller() {
    Giving clock = ofThird(new Clock(), Giving.class);
    LimitedOne limited = sides.lookup(new BlockingLater(clock), LimitedOne.class);
    assertThat(limited.get()).isEqualTo("limited");
  }

  @Test
  void whatAFluxCallsForItsFirstElementHasTheTimeOfItsCallerAndThenAllTime() {
    Giving clock = ofThird(new Clock(), Giving.class);
    GivingMany many = () -> Flux.range(0, 3).map(i -> uninterrupted(clock));
    LimitedMany limited = sides.lookup(many, LimitedMany.class);
    assertThat(limited.get().collectList().block())
        .containsExactly("limited", "unlimited", "unlimited");
  }

  @Test
  void whatAFluxWaitsForBeforeItIsSubscribedToHasTheTimeOfItsCaller() {
    Giving clock = ofThird(new Clock(), Giving.class);
    GivingMany many = () -> Flux.defer(() -> Flux.just(uninterrupted(clock)));
    LimitedMany limited = sides.lookup(many, LimitedMany.class);
    assertThat(limited.get().collectList().block()).containsExactly("limited");
  }

  @Test
  void whatAFluxCallsReactivelyForItsLaterElementsHasAllTime() {
    ReactiveClock clock = ofThird(new Clock(), ReactiveClock.class);
    GivingMany many = () -> Flux.range(0, 2).concatMap(i -> clock.get());
    LimitedMany limited = sides.lookup(many, LimitedMany.class);
    assertThat(limited.get().collectList().block()).containsExactly("limited", "unlimited");
  }

  @Test
  void whatAStreamCallsForItsFirstElementHasTheTimeOfItsCallerAndThenAllTime() {
    Giving clock = ofThird(new Clock(), Giving.class);
    Streaming streaming = () -> Stream.of(0, 1, 2).map(i -> uninterrupted(clock));
    LimitedMany limited = sides.lookup(streaming, LimitedMany.class);
    assertThat(limited.get().collectList().block())
        .containsExactly("limited", "unlimited", "unlimited");
  }

  /** Gives a future. */
  public interface GivingFuture {
    CompletableFuture<String> get();
  }

  /** Gives a stage. */
  public interface GivingStage {
    CompletionStage<String> get();
  }

  /** Whoever calls it gets the same. */
  private abstract static class Keeping {
    final CompletableFuture<String> kept = new CompletableFuture<>();
    final CountDownLatch asked = new CountDownLatch(1);

    CompletableFuture<String> ask() {
      asked.countDown();
      return kept;
    }
  }

  private static final class KeepingFuture extends Keeping implements GivingFuture {
    @Override
    public CompletableFuture<String> get() {
      return ask();
    }
  }

  @NonCancellable
  private static final class KeepingForAll extends Keeping implements GivingFuture {
    @Override
    public CompletableFuture<String> get() {
      return ask();
    }
  }

  /** What it gives can only be waited for. */
  private static final class KeepingStage extends Keeping implements GivingStage {
    @Override
    public CompletionStage<String> get() {
      return ask().minimalCompletionStage();
    }
  }

  private void giveUp(Keeping callee) throws InterruptedException {
    Disposable call = sides.lookup(callee, GivingLater.class).get().subscribe();
    awaited(callee.asked);
    call.dispose();
    assertThat(sides.peer().names()).isNotEmpty(); // so that has come in
  }

  /** Its future fails by what its task throws. */
  private static final class Failing implements GivingFuture {
    @Override
    public CompletableFuture<String> get() {
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException("boom");
          });
    }
  }

  @Test
  void whatFailsAFutureIsWrappedForFuturesOnly() {
    assertThatThrownBy(sides.lookup(new Failing(), GivingLater.class).get()::block)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
    assertThatThrownBy(sides.lookup(new Failing(), Giving.class)::get)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
    assertThatThrownBy(sides.lookup(new Failing(), GivingFuture.class).get()::join)
        .isExactlyInstanceOf(CompletionException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("boom")
        .satisfies(
            e ->
                assertThat(e.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals("farside")));
  }

  @Test
  void aFutureIsCancelledWhenItsCallerGivesItUp() throws Exception {
    var callee = new KeepingFuture();
    giveUp(callee);
    await().until(callee.kept::isCancelled);
  }

  @Test
  void aFutureThatMustNotBeCancelledIsNot() throws Exception {
    var callee = new KeepingForAll();
    giveUp(callee);
    assertThat(callee.kept).isNotDone();
    callee.kept.complete("for all");
  }

  @Test
  void aStageThatNobodyCanCancelGoesOn() throws Exception {
    var callee = new KeepingStage();
    giveUp(callee);
    assertThat(callee.kept).isNotDone();
  }

  @Test
  void aFutureOfAThirdSideIsCancelledThereWhenItsCallerGivesItUp() throws Exception {
    var callee = new KeepingFuture();
    GivingFuture ofThird = ofThird(callee, GivingFuture.class);
    GivingFuture middle =
        () -> {
          CompletableFuture<String> given = ofThird.get();
          return given;
        };
    Disposable call = sides.lookup(middle, GivingLater.class).get().subscribe();
    awaited(callee.asked);
    call.dispose();
    await().until(callee.kept::isCancelled);
    await().until(() -> middleToThird.stats().pendingCalls() == 0);
  }

  /** Gives what it is given. */
  public interface Echo {
    Object echo(Object given);
  }

  /** As a caller sees it that wants what the given future holds. */
  public interface HeldEcho {
    Mono<String> echo(Object given);
  }

  @Test
  void aFutureOfTheCallersOwnThatComesHomeDoesNotHoldUpTheConnection() throws Exception {
    Echo echo = given -> given;
    var own = new CompletableFuture<String>();
    CompletableFuture<String> held = sides.lookup(echo, HeldEcho.class).echo(own).toFuture();
    assertThat(sides.peer().names()).isNotEmpty(); // so it has come home
    own.complete("held");
    assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo("held");
  }
}
