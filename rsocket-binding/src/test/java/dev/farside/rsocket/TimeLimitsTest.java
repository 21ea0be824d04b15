package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.Deadline;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.NonCancellable;
import dev.farside.OneWay;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Time limits, and what becomes of calls that were given up. */
@org.junit.jupiter.api.Timeout(60)
class TimeLimitsTest {
  private static final long SHORT_MILLIS = 200;
  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** As a caller sees it who has little time. */
  interface Hasty {
    @dev.farside.Timeout(SHORT_MILLIS)
    String ask(Supplier<String> how);
  }

  interface HastyReactive {
    @dev.farside.Timeout(SHORT_MILLIS)
    Mono<String> ask(Supplier<String> how);
  }

  interface Patient {
    String ask(Supplier<String> how);

    Mono<Optional<Duration>> remaining();
  }

  public interface Asked {
    String ask(Supplier<String> how) throws InterruptedException;
  }

  /** Waits until it is interrupted, or until it is told to go on. */
  static class Waiting implements Asked {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public String ask(Supplier<String> how) throws InterruptedException {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      return how.get();
    }
  }

  /** A callee that has not begun in time never begins. */
  private static void untilBegun(Waiting callee, Runnable call) {
    do {
      call.run();
    } while (callee.begun.getCount() > 0);
  }

  @Test
  void aBlockingCallEndsWithTheTimeLimitOfItsMethodAndItsCalleeIsInterrupted() throws Exception {
    var waiting = new Waiting();
    Hasty hasty = sides.lookup(waiting, Hasty.class);
    untilBegun(
        waiting,
        () ->
            assertThatThrownBy(() -> hasty.ask(() -> "never"))
                .isExactlyInstanceOf(CallTimeoutException.class)
                .hasMessage(
                    "Hasty.ask(Supplier) on %s did not answer within PT0.2S; it may still have been"
                        + " carried out",
                    sides.peer()));
    assertThat(waiting.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aReactiveCallEndsWithTheTimeLimitOfItsMethodAndItsCalleeIsInterrupted() throws Exception {
    var waiting = new Waiting();
    HastyReactive hasty = sides.lookup(waiting, HastyReactive.class);
    untilBegun(
        waiting,
        () ->
            assertThatThrownBy(() -> hasty.ask(() -> "never").block(LONG))
                .isExactlyInstanceOf(CallTimeoutException.class)
                .hasMessage(
                    "HastyReactive.ask(Supplier) on %s did not answer within PT0.2S; it may still"
                        + " have been carried out",
                    sides.peer()));
    assertThat(waiting.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theNextCallAfterATimeoutGetsItsOwnAnswer() {
    Hasty waiting = sides.lookup(new Waiting(), Hasty.class);
    Patient answering = sides.lookup((Asked) Supplier::get, Patient.class);
    for (int i = 0; i < 5; i++) {
      String own = "answer " + i;
      assertThatThrownBy(() -> waiting.ask(() -> "late"))
          .isExactlyInstanceOf(CallTimeoutException.class);
      assertThat(answering.ask(() -> own)).isEqualTo(own);
    }
  }

  /** Tells how much time it was given. */
  public static final class Clock implements Supplier<Optional<Duration>> {
    @Override
    public Optional<Duration> get() {
      return Deadline.remaining();
    }
  }

  interface HastyClock {
    @dev.farside.Timeout(value = 20, unit = TimeUnit.SECONDS)
    Optional<Duration> get();
  }

  public interface ReactiveClock {
    Mono<Duration> get();
  }

  interface HastyReactiveClock {
    @dev.farside.Timeout(value = 20, unit = TimeUnit.SECONDS)
    Mono<Duration> get();
  }

  @Test
  void aMethodSeesHowMuchTimeItsCallerGivesIt() {
    HastyClock clock = sides.lookup(new Clock(), HastyClock.class);
    assertThat(clock.get().orElseThrow())
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofSeconds(20))
        .isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void theMonoOfAMethodSeesHowMuchTimeItsCallerGivesIt() {
    ReactiveClock implementation =
        () -> Mono.deferContextual(c -> Mono.justOrEmpty(Deadline.remaining(c)));
    HastyReactiveClock clock = sides.lookup(implementation, HastyReactiveClock.class);
    assertThat(clock.get().block(LONG))
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofSeconds(20))
        .isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void whoWaitsWithoutALimitGivesAllTheTime() {
    @SuppressWarnings("unchecked")
    Supplier<Optional<Duration>> clock = sides.lookup(new Clock(), Supplier.class);
    assertThat(clock.get()).isEmpty();
    assertThat(Deadline.remaining()).isEmpty();
  }

  /** A side in the middle that hands on, and never gives up by itself. */
  private <T> T throughTheMiddle(Object target, Class<T> face, Farside last, Listener end) {
    last.bind("target", target);
    Peer middleToEnd = sides.far().connectNow(end.uri());
    Object proxy = middleToEnd.lookup("target", face);
    return sides.lookup(proxy, face);
  }

  public interface Forwarder {
    String forward(Asked to, Supplier<String> how) throws InterruptedException;
  }

  interface HastyForwarder {
    @dev.farside.Timeout(SHORT_MILLIS)
    String forward(Asked to, Supplier<String> how);
  }

  @Test
  void aTimeLimitHoldsForTheCallsThatAreMadeMeanwhileOnAThirdSide() throws Exception {
    try (Farside last = Farside.create();
        Listener end = last.listenNow("tcp://127.0.0.1:0")) {
      var waiting = new Waiting();
      Asked asked = throughTheMiddle(waiting, Asked.class, last, end);
      var seen = new CompletableFuture<Throwable>();
      Forwarder middle =
          (to, how) -> {
            try {
              return to.ask(how);
            } catch (InterruptedException | CallTimeoutException | CallCancelledException e) {
              seen.complete(e);
              throw e;
            }
          };
      HastyForwarder hasty = sides.lookup(middle, HastyForwarder.class);
      untilBegun(
          waiting,
          () ->
              assertThatThrownBy(() -> hasty.forward(asked, () -> "never"))
                  .isExactlyInstanceOf(CallTimeoutException.class));
      assertThat(waiting.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(seen.get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void aCallIsNotSentWhenNoTimeIsLeft() throws Exception {
    var caught = new CompletableFuture<Throwable>();
    var answered = new AtomicBoolean();
    @NonCancellable
    class Late implements Asked {
      @Override
      public String ask(Supplier<String> how) {
        while (!Deadline.remaining().orElseThrow().isZero()) {
          LockSupport.parkNanos(1_000_000);
        }
        try {
          return how.get();
        } catch (CallTimeoutException e) {
          caught.complete(e);
          throw e;
        }
      }
    }
    Hasty hasty = sides.lookup(new Late(), Hasty.class);
    Supplier<String> callback =
        () -> {
          answered.set(true);
          return "";
        };
    assertThatThrownBy(() -> hasty.ask(callback)).isExactlyInstanceOf(CallTimeoutException.class);
    assertThat(caught.get(20, TimeUnit.SECONDS))
        .hasMessage(
            "Supplier.get() on %s was not sent: the caller of the method that makes it waits no"
                + " longer; ask Deadline.remaining() before long work",
            sides.peerOfFar());
    assertThat(answered).isFalse();
  }

  @Test
  void whatMustNotBeCancelledRunsToItsEnd() throws Exception {
    var finished = new CountDownLatch(1);
    @NonCancellable
    class Stubborn extends Waiting {
      @Override
      public String ask(Supplier<String> how) throws InterruptedException {
        goOn.await();
        finished.countDown();
        return "done";
      }
    }
    var stubborn = new Stubborn();
    Hasty hasty = sides.lookup(stubborn, Hasty.class);
    assertThatThrownBy(() -> hasty.ask(() -> "")).isExactlyInstanceOf(CallTimeoutException.class);
    stubborn.goOn.countDown();
    assertThat(finished.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anInterruptArrivesAsTheMethodDeclaresIt() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var there =
        new ArrayBlockingQueue<String>(1) {
          private static final long serialVersionUID = 1;

          @Override
          public String take() throws InterruptedException {
            begun.countDown();
            try {
              return super.take();
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          }
        };
    @SuppressWarnings("unchecked")
    BlockingQueue<String> queue = sides.lookup(there, BlockingQueue.class);
    var flag = new AtomicBoolean(true);
    var taking =
        new FutureTask<>(
            () -> {
              try {
                return queue.take();
              } catch (InterruptedException e) {
                flag.set(Thread.currentThread().isInterrupted());
                throw e;
              }
            });
    var thread = new Thread(taking);
    thread.start();
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThatThrownBy(taking::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(InterruptedException.class);
    assertThat(flag).isFalse();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue(); // and takes nothing
    queue.put("still works");
    assertThat(queue.take()).isEqualTo("still works");
  }

  @Test
  void anInterruptThatTheMethodDoesNotDeclareKeepsTheFlag() throws Exception {
    var waiting = new Waiting();
    Patient patient = sides.lookup(waiting, Patient.class);
    var flag = new AtomicBoolean();
    var asking =
        new FutureTask<>(
            () -> {
              try {
                return patient.ask(() -> "never");
              } catch (CallCancelledException e) {
                flag.set(Thread.currentThread().isInterrupted());
                throw e;
              }
            });
    var thread = new Thread(asking);
    thread.start();
    assertThat(waiting.begun.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThatThrownBy(asking::get)
        .cause()
        .isExactlyInstanceOf(CallCancelledException.class)
        .hasMessage(
            "Patient.ask(Supplier) on %s was given up: its thread was interrupted while it waited",
            sides.peer());
    assertThat(flag).isTrue();
    assertThat(waiting.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  public interface ReactiveForwarder {
    Mono<String> forward(ReactiveAsked to);
  }

  public interface ReactiveAsked {
    Mono<String> ask();
  }

  @Test
  void disposingReachesAThirdSide() throws Exception {
    try (Farside last = Farside.create();
        Listener end = last.listenNow("tcp://127.0.0.1:0")) {
      var begun = new CountDownLatch(1);
      var cancelled = new CountDownLatch(1);
      ReactiveAsked never =
          () ->
              Mono.<String>never()
                  .doOnSubscribe(s -> begun.countDown())
                  .doOnCancel(cancelled::countDown);
      ReactiveAsked asked = throughTheMiddle(never, ReactiveAsked.class, last, end);
      ReactiveForwarder middle =
          sides.lookup((ReactiveForwarder) ReactiveAsked::ask, ReactiveForwarder.class);
      Disposable call = middle.forward(asked).subscribe();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      call.dispose();
      assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  interface FutureAsked {
    CompletableFuture<String> ask(Supplier<String> how);
  }

  @Test
  void cancellingAFutureInterruptsItsCallee() throws Exception {
    var waiting = new Waiting();
    FutureAsked asked = sides.lookup(waiting, FutureAsked.class);
    CompletableFuture<String> answer = asked.ask(() -> "never");
    assertThat(waiting.begun.await(20, TimeUnit.SECONDS)).isTrue();
    answer.cancel(true);
    assertThat(waiting.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  public interface Feed {
    Stream<String> open() throws InterruptedException;
  }

  interface UnpreparedFeed {
    Stream<String> open();
  }

  public interface Pinged {
    String ping();
  }

  /** Opens when it is told to, whoever gives up meanwhile. */
  public static class SlowFeed implements Feed, Pinged {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public Stream<String> open() {
      begun.countDown();
      boolean waiting = true;
      while (waiting) {
        try {
          goOn.await();
          waiting = false;
        } catch (InterruptedException e) {
          // goes on
        }
      }
      return Stream.of("late");
    }

    @Override
    public String ping() {
      return "at once";
    }
  }

  /** Runs in a thread of its own, which is interrupted while the feed opens. */
  private static <T> T interrupted(SlowFeed feed, Callable<T> action) throws Exception {
    var running = new FutureTask<>(action);
    var thread = new Thread(running);
    thread.start();
    assertThat(feed.begun.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    return running.get(20, TimeUnit.SECONDS);
  }

  @Test
  void anInterruptWhileAStreamOpensArrivesAsTheMethodDeclaresItAndTheNextCallDoesNotWait()
      throws Exception {
    var feed = new SlowFeed();
    Feed remote = sides.lookup(feed, Feed.class);
    Pinged pinged = sides.lookup(feed, Pinged.class);
    String answer =
        interrupted(
            feed,
            () -> {
              assertThatThrownBy(remote::open).isExactlyInstanceOf(InterruptedException.class);
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              return pinged.ping();
            });
    assertThat(answer).isEqualTo("at once");
    feed.goOn.countDown();
  }

  @Test
  void anInterruptWhileAStreamOpensThatIsNotDeclaredKeepsTheFlag() throws Exception {
    var feed = new SlowFeed();
    UnpreparedFeed remote = sides.lookup(feed, UnpreparedFeed.class);
    boolean flag =
        interrupted(
            feed,
            () -> {
              assertThatThrownBy(remote::open)
                  .isExactlyInstanceOf(CallCancelledException.class)
                  .hasMessage(
                      "UnpreparedFeed.open() on %s was given up: its thread was interrupted while"
                          + " it waited",
                      sides.peer());
              return Thread.currentThread().isInterrupted();
            });
    assertThat(flag).isTrue();
    feed.goOn.countDown();
  }

  @Test
  void whoWasInterruptedBeforeOpensAndReadsAStreamAndKeepsTheFlag() {
    var feed = new SlowFeed();
    feed.goOn.countDown();
    UnpreparedFeed remote = sides.lookup(feed, UnpreparedFeed.class);
    Thread.currentThread().interrupt();
    List<String> items = remote.open().toList();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(items).containsExactly("late");
  }

  @Test
  void whoIsInterruptedAfterAStreamWasOpenedGivesItUp() {
    var element = new CompletableFuture<String>();
    UnpreparedFeed feed = () -> Stream.generate(element::join);
    Stream<String> opened = sides.lookup(feed, UnpreparedFeed.class).open();
    Thread.currentThread().interrupt();
    assertThatThrownBy(opened::toList)
        .isExactlyInstanceOf(CallCancelledException.class)
        .hasMessage(
            "A remote stream was given up: its thread was interrupted while it waited for an item");
    assertThat(Thread.interrupted()).isTrue();
    element.complete("late");
  }

  @Test
  void aStreamWhoseMethodDeclaresToBeInterruptedIsNotOpenedByWhoIs() {
    var feed = new SlowFeed();
    Feed remote = sides.lookup(feed, Feed.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(remote::open)
        .isExactlyInstanceOf(InterruptedException.class)
        .hasMessage("Feed.open() on %s was not sent: its thread is interrupted", sides.peer());
    assertThat(Thread.interrupted()).isFalse();
    assertThat(feed.begun.getCount()).isEqualTo(1);
  }

  public interface Numbers {
    Stream<Integer> numbers();
  }

  public interface Drain {
    int drain(Numbers from);
  }

  interface HastyDrain {
    @dev.farside.Timeout(SHORT_MILLIS)
    int drain(Numbers from);
  }

  @Test
  void whatACalleeReadsItDoesNotAwaitLongerThanItsCallerWaits() throws Exception {
    var given = new CompletableFuture<Throwable>();
    @NonCancellable
    class Patiently implements Drain {
      @Override
      public int drain(Numbers from) {
        try (Stream<Integer> numbers = from.numbers()) {
          return read(numbers.iterator());
        }
      }

      private int read(Iterator<Integer> numbers) {
        int first = numbers.next();
        try {
          return first + numbers.next();
        } catch (CallTimeoutException e) {
          given.complete(e);
          throw e;
        }
      }
    }
    var interrupted = new CountDownLatch(1);
    Numbers numbers =
        () ->
            Stream.iterate(1, i -> i + 1)
                .peek(
                    i -> {
                      if (i > 1) {
                        neverUnlessInterrupted(interrupted);
                      }
                    });
    HastyDrain hasty = sides.lookup(new Patiently(), HastyDrain.class);
    do {
      assertThatThrownBy(() -> hasty.drain(numbers))
          .isExactlyInstanceOf(CallTimeoutException.class);
      // the time may be over before there is a first number
    } while (interrupted.getCount() > 0);
    assertThat(given.get(20, TimeUnit.SECONDS))
        .hasMessage(
            "A remote stream was given up: Numbers.numbers() on %s gave no item while the caller"
                + " of the method that reads it waits",
            sides.peerOfFar());
  }

  private static void neverUnlessInterrupted(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }

  interface PatientlyReading {
    @dev.farside.Timeout(value = 30, unit = TimeUnit.SECONDS)
    Flux<String> get();
  }

  public interface Source {
    Flux<String> get();
  }

  @Test
  void aTimeoutOfTheCalleesFluxIsNoneOfTheCall() {
    Source failing = () -> Flux.error(new TimeoutException("mine"));
    PatientlyReading reading = sides.lookup(failing, PatientlyReading.class);
    assertThatThrownBy(reading.get()::blockLast)
        .hasRootCauseExactlyInstanceOf(TimeoutException.class)
        .hasRootCauseMessage("mine");
  }

  interface HastilyReading {
    @dev.farside.Timeout(SHORT_MILLIS)
    Flux<String> get();
  }

  @Test
  void aFluxWithoutAFirstElementEndsWithTheTimeLimitOfItsMethod() {
    Source never = Flux::never;
    HastilyReading reading = sides.lookup(never, HastilyReading.class);
    assertThatThrownBy(reading.get()::blockLast)
        .isExactlyInstanceOf(CallTimeoutException.class)
        .hasMessage(
            "HastilyReading.get() on %s did not answer within PT0.2S; it may still have been"
                + " carried out",
            sides.peer());
  }

  interface Timeless {
    @dev.farside.Timeout(0)
    Optional<Duration> get();
  }

  @Test
  void aMethodWithoutAnyTimeIsRefused() {
    Timeless timeless = sides.lookup(new Clock(), Timeless.class);
    assertThatThrownBy(timeless::get)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("Timeless.get is marked @Timeout(0): the time must be positive");
  }

  public interface Hearing {
    @OneWay
    void hear();
  }

  public interface Telling {
    void tell(Hearing hearing);
  }

  interface HastyTelling {
    @dev.farside.Timeout(SHORT_MILLIS)
    void tell(Hearing hearing);
  }

  @Test
  void aOneWayCallbackIsGivenUpWithTheCallThatItWasMadeIn() {
    Telling target = Hearing::hear;
    HastyTelling hasty = sides.lookup(target, HastyTelling.class);
    var interrupted = new CountDownLatch(1);
    do { // the time may be over before it is told
      assertThatThrownBy(() -> hasty.tell(() -> neverUnlessInterrupted(interrupted)))
          .isExactlyInstanceOf(CallTimeoutException.class)
          .hasMessageMatching("HastyTelling\\.tell\\(Hearing\\) on .* did not answer within .*");
    } while (interrupted.getCount() > 0);
    assertThat(Thread.interrupted()).isFalse();
  }

  interface PatientTelling {
    @dev.farside.Timeout(value = 20, unit = TimeUnit.SECONDS)
    void tell(Hearing hearing);
  }

  @Test
  void aOneWayCallbackAndWhatItCallsHaveTheTimeOfTheCallThatItWasMadeIn() {
    Telling target = Hearing::hear;
    PatientTelling telling = sides.lookup(target, PatientTelling.class);
    @SuppressWarnings("unchecked")
    Supplier<Optional<Duration>> clock = sides.lookup(new Clock(), Supplier.class);
    List<Optional<Duration>> remaining = new ArrayList<>();
    telling.tell(
        () -> {
          remaining.add(Deadline.remaining());
          remaining.add(clock.get());
        });
    assertThat(remaining)
        .hasSize(2)
        .allSatisfy(
            left ->
                assertThat(left.orElseThrow())
                    .isPositive()
                    .isLessThanOrEqualTo(Duration.ofSeconds(20)));
  }

  interface HastyHearing {
    @OneWay
    @dev.farside.Timeout(value = 20, unit = TimeUnit.SECONDS)
    void hear();
  }

  @Test
  void aOneWayCallOutsideOfAnyCallHasTheTimeThatItsMethodSaysOrElseAllTime() {
    sides.near(builder -> builder.callTimeout(LONG));
    BlockingQueue<Optional<Duration>> remaining = new ArrayBlockingQueue<>(2);
    Hearing target = () -> remaining.add(Deadline.remaining());
    Hearing hearing = sides.lookup(target, Hearing.class);
    hearing.hear();
    Remote.as(hearing, HastyHearing.class).hear();
    await().until(() -> remaining.size() == 2);
    assertThat(remaining.remove()).isEmpty();
    assertThat(remaining.remove()).isPresent();
  }

  public interface HearingLater {
    Mono<Void> hear();
  }

  interface HastyHearingLater {
    @OneWay
    @dev.farside.Timeout(SHORT_MILLIS)
    Mono<Void> hear();
  }

  @Test
  void theMonoOfAOneWayCallIsCancelledWhenItsTimeIsOver() throws Exception {
    var cancelled = new CountDownLatch(1);
    HearingLater target = () -> Mono.<Void>never().doOnCancel(cancelled::countDown);
    HastyHearingLater hasty = sides.lookup(target, HastyHearingLater.class);
    do { // what has not begun in time never begins
      hasty.hear().block(LONG);
    } while (!cancelled.await(2, TimeUnit.SECONDS));
  }
}
