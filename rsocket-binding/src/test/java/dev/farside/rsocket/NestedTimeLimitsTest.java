package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.Deadline;
import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Of the time limits of nested calls, the smallest holds, on however many sides. */
@Timeout(60)
class NestedTimeLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  /** Whoever is slower than that would see more than another limit by mistake. */
  private static final Duration SLOWNESS = Duration.ofSeconds(9);

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);
  private final Farside.Builder thirdSettings = Farside.builder();
  private Farside third;

  /** Tells how much time is left, or asks another. */
  public interface Clock {
    Duration left();
  }

  interface Within10 extends Clock {
    @Override
    @dev.farside.Timeout(value = 10, unit = TimeUnit.SECONDS)
    Duration left();
  }

  interface Within20 extends Clock {
    @Override
    @dev.farside.Timeout(value = 20, unit = TimeUnit.SECONDS)
    Duration left();
  }

  interface Within30 extends Clock {
    @Override
    @dev.farside.Timeout(value = 30, unit = TimeUnit.SECONDS)
    Duration left();
  }

  private static Class<? extends Clock> within(int seconds) {
    return switch (seconds) {
      case 10 -> Within10.class;
      case 20 -> Within20.class;
      case 30 -> Within30.class;
      default -> Clock.class;
    };
  }

  /** The same, for who does not wait. */
  public interface LaterClock {
    Mono<Duration> left();
  }

  interface LaterWithin10 extends LaterClock {
    @Override
    @dev.farside.Timeout(value = 10, unit = TimeUnit.SECONDS)
    Mono<Duration> left();
  }

  interface LaterWithin20 extends LaterClock {
    @Override
    @dev.farside.Timeout(value = 20, unit = TimeUnit.SECONDS)
    Mono<Duration> left();
  }

  interface LaterWithin30 extends LaterClock {
    @Override
    @dev.farside.Timeout(value = 30, unit = TimeUnit.SECONDS)
    Mono<Duration> left();
  }

  private static Class<? extends LaterClock> laterWithin(int seconds) {
    return switch (seconds) {
      case 10 -> LaterWithin10.class;
      case 20 -> LaterWithin20.class;
      default -> LaterWithin30.class;
    };
  }

  @AfterEach
  void endTheThird() {
    if (third != null) {
      third.close();
    }
  }

  private static Duration left() {
    return Deadline.remaining().orElseThrow();
  }

  private static Mono<Duration> leftLater() {
    return Mono.deferContextual(context -> Mono.justOrEmpty(Deadline.remaining(context)));
  }

  private static void assertAbout(Duration left, int seconds) {
    Duration limit = Duration.ofSeconds(seconds);
    assertThat(left).isLessThanOrEqualTo(limit).isGreaterThan(limit.minus(SLOWNESS));
  }

  /** The third side as the far one sees it. */
  private Peer third() {
    third = thirdSettings.build();
    return sides.far().connectNow(third.listenNow("tcp://127.0.0.1:0").uri());
  }

  /** The near side as the third one sees it. */
  private Peer nearOfThird() {
    return third.connectNow(sides.near().listenNow("tcp://127.0.0.1:0").uri());
  }

  private Duration throughTwo(int outer, int inner) {
    Peer back = sides.peerOfFar();
    sides.near().bind("clock", (Clock) NestedTimeLimitsTest::left);
    Clock far = () -> back.lookup("clock", within(inner)).left();
    return sides.lookup(far, within(outer)).left();
  }

  private Duration throughThree(int outer, int middle, int inner) {
    Peer toThird = third();
    Peer toNear = nearOfThird();
    sides.near().bind("clock", (Clock) NestedTimeLimitsTest::left);
    third.bind("clock", (Clock) () -> toNear.lookup("clock", within(inner)).left());
    Clock far = () -> toThird.lookup("clock", within(middle)).left();
    return sides.lookup(far, within(outer)).left();
  }

  /** Closes what it was given when it is given up. */
  public interface Work {
    @dev.farside.Timeout(200)
    void work();
  }

  @Test
  void whatCleansUpIsCalledAlthoughNoTimeIsLeft() throws Exception {
    var closed = new CompletableFuture<Void>();
    sides.near().bind("closeable", (AutoCloseable) () -> closed.complete(null));
    AutoCloseable near = sides.peerOfFar().lookup("closeable", AutoCloseable.class);
    Work far =
        () -> {
          try (near) {
            new CountDownLatch(1).await();
          } catch (Exception e) {
            Thread.currentThread().interrupt();
          }
        };
    Work work = sides.lookup(far, Work.class);
    assertThatThrownBy(work::work).isInstanceOf(CallTimeoutException.class);
    closed.get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 20", "20, 10, 10", "20, 0, 20", "0, 20, 20"})
  void aCalleeThatCallsBackGivesTheSmallerOfBothMarks(int outer, int inner, int seen) {
    assertAbout(throughTwo(outer, inner), seen);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 20", "20, 10, 10"})
  void aCalleeThatCallsBackGivesTheSmallerOfBothSidesLimits(int outer, int inner, int seen) {
    sides.near(builder -> builder.callTimeout(Duration.ofSeconds(outer)));
    sides.far(builder -> builder.callTimeout(Duration.ofSeconds(inner)));
    assertAbout(throughTwo(0, 0), seen);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 20", "20, 10, 10"})
  void aMarkIsComparedWithTheLimitOfTheOtherSide(int outer, int inner, int seen) {
    sides.far(builder -> builder.callTimeout(Duration.ofSeconds(inner)));
    assertAbout(throughTwo(outer, 0), seen);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 20", "20, 10, 10"})
  void theLimitOfASideIsComparedWithTheMarkOfTheOther(int outer, int inner, int seen) {
    sides.near(builder -> builder.callTimeout(Duration.ofSeconds(outer)));
    assertAbout(throughTwo(0, inner), seen);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 30, 20", "30, 20, 30, 20", "30, 30, 20, 20", "30, 10, 20, 10"})
  void theLastOfThreeSidesSeesTheSmallestOfAllMarks(int outer, int middle, int inner, int seen) {
    assertAbout(throughThree(outer, middle, inner), seen);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 30, 20", "30, 20, 30, 20", "30, 30, 20, 20", "30, 10, 20, 10"})
  void theLastOfThreeSidesSeesTheSmallestLimitOfAllSides(
      int outer, int middle, int inner, int seen) {
    sides.near(builder -> builder.callTimeout(Duration.ofSeconds(outer)));
    sides.far(builder -> builder.callTimeout(Duration.ofSeconds(middle)));
    thirdSettings.callTimeout(Duration.ofSeconds(inner));
    assertAbout(throughThree(0, 0, 0), seen);
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 30, 20", "30, 20, 30, 20", "30, 30, 20, 20", "30, 10, 20, 10"})
  void theLastOfThreeMonosSeesTheSmallestOfAllMarks(int outer, int middle, int inner, int seen) {
    Peer toThird = third();
    Peer toNear = nearOfThird();
    sides.near().bind("clock", (LaterClock) NestedTimeLimitsTest::leftLater);
    third.bind("clock", (LaterClock) () -> toNear.lookup("clock", laterWithin(inner)).left());
    LaterClock far = () -> toThird.lookup("clock", laterWithin(middle)).left();
    assertAbout(sides.lookup(far, laterWithin(outer)).left().block(PATIENCE), seen);
  }
}
