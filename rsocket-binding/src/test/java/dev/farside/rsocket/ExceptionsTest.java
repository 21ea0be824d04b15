package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.farside.Farside;
import dev.farside.NotPassableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What an implementation throws is what its caller catches. */
@Timeout(60)
public class ExceptionsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Fails. */
  public interface Failing {
    void fail() throws Throwable;
  }

  /** Fails later. */
  public interface FailingLater {
    Mono<Void> fail();
  }

  /** Throws what it is given. */
  public interface Thrower {
    void fail(Throwable thrown) throws Throwable;
  }

  /** Has fields of all kinds. */
  public static class InsufficientFunds extends Exception {
    private static final long serialVersionUID = 1;
    private final String owner;
    private final long missing;
    private final transient Supplier<String> advice;
    private final List<Integer> amounts;

    InsufficientFunds(String owner, long missing, Supplier<String> advice) {
      super(owner + " lacks " + missing);
      this.owner = owner;
      this.missing = missing;
      this.advice = advice;
      this.amounts = List.of(1, 2, 3);
    }
  }

  /** Has its own idea of its message. */
  public static class Talkative extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    Talkative(int code) {
      super("ignored");
      this.code = code;
    }

    @Override
    public String getMessage() {
      return "code " + code;
    }
  }

  /** Holds what is no value. */
  public static class Holding extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    final Supplier<String> held;

    final String name = "held";

    Holding(Supplier<String> held) {
      super("holding");
      this.held = held;
    }
  }

  /** Cannot be asked for its cause. */
  public static class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    Hostile() {
      super("hostile");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause for you");
    }
  }

  private Failing failing(Failing there) {
    return sides.lookup(there, Failing.class);
  }

  private Throwable thrownBy(Throwable there) {
    Failing failing =
        failing(
            () -> {
              throw there;
            });
    return catchThrowable(failing::fail);
  }

  @Test
  void anExceptionArrivesAsItsOwnClassWithMessageCauseSuppressedAndFields() {
    var there = new InsufficientFunds("Ada", 300, () -> "work");
    there.initCause(new IOException("disk", new NoSuchElementException("block")));
    there.addSuppressed(new IllegalStateException("aside"));
    var here = (InsufficientFunds) thrownBy(there);
    assertThat(here).isNotSameAs(there).hasMessage("Ada lacks 300");
    assertThat(here.owner).isEqualTo("Ada");
    assertThat(here.missing).isEqualTo(300);
    assertThat(here.amounts).containsExactly(1, 2, 3);
    assertThat(here.advice).isNull();
    assertThat(here.getCause())
        .isInstanceOf(IOException.class)
        .hasMessage("disk")
        .cause()
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("block");
    assertThat(here.getSuppressed()).hasSize(1);
    assertThat(here.getSuppressed()[0])
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("aside");
  }

  @Test
  void checkedUncheckedAndErrorsAreThrownAlike() {
    assertThat(thrownBy(new IOException("checked"))).isExactlyInstanceOf(IOException.class);
    assertThat(thrownBy(new FileNotFoundException("x"))).hasMessage("x");
    assertThat(thrownBy(new ArithmeticException("/ by zero")))
        .isExactlyInstanceOf(ArithmeticException.class);
    assertThat(thrownBy(new AssertionError("wrong"))).isExactlyInstanceOf(AssertionError.class);
    assertThat(thrownBy(new StackOverflowError("deep")))
        .isExactlyInstanceOf(StackOverflowError.class);
    assertThat(thrownBy(new Throwable("bare"))).isExactlyInstanceOf(Throwable.class);
    assertThat(thrownBy(new RuntimeException((String) null))).hasMessage(null);
  }

  @Test
  void aRealStackOverflowOfTheOwnerArrives() {
    Failing failing = failing(ExceptionsTest::recurse);
    assertThatThrownBy(failing::fail).isInstanceOf(StackOverflowError.class);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void recurse() {
    recurse();
  }

  @Test
  void theStackShowsTheFramesOfBothSidesWithAVisibleBoundary() {
    Throwable here = thrownBy(new IllegalStateException("there"));
    List<String> frames =
        Arrays.stream(here.getStackTrace()).map(StackTraceElement::toString).toList();
    int boundary = frames.indexOf("farside.remote call(Failing.fail() on " + peer() + ")");
    assertThat(boundary).isPositive();
    assertThat(frames.get(0)).contains("ExceptionsTest");
    assertThat(frames.subList(boundary + 1, frames.size()).toString())
        .contains("ExceptionsTest.thrownBy(")
        .contains("ExceptionsTest.theStackShows");
    assertThat(frames.get(boundary + 1)).doesNotContain("dev.farside.rsocket.Caller");
  }

  private String peer() {
    return sides.listener().uri();
  }

  @Test
  void aSidesOwnExceptionComesHomeAsTheSameInstanceWithItsOwnStack() {
    Thrower thrower =
        sides.lookup(
            (Thrower)
                thrown -> {
                  throw thrown;
                },
            Thrower.class);
    var own = new IllegalStateException("own");
    StackTraceElement[] stack = own.getStackTrace();
    assertThatThrownBy(() -> thrower.fail(own)).isSameAs(own);
    assertThat(own.getStackTrace()).isEqualTo(stack);
  }

  @Test
  void aSidesOwnExceptionComesHomeAsTheCauseOfAnother() {
    Thrower thrower =
        sides.lookup(
            (Thrower)
                thrown -> {
                  throw new IllegalArgumentException("wrapped", thrown);
                },
            Thrower.class);
    var own = new IllegalStateException("own");
    assertThatThrownBy(() -> thrower.fail(own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wrapped")
        .cause()
        .isSameAs(own);
  }

  @Test
  void anOverriddenMessageArrivesAsItWas() {
    assertThat(thrownBy(new Talkative(7))).isInstanceOf(Talkative.class).hasMessage("code 7");
  }

  @Test
  void aFieldThatIsNoValueStaysThere() {
    var here = (Holding) thrownBy(new Holding(() -> "x"));
    assertThat(here).hasMessage("holding");
    assertThat(here.name).isEqualTo("held");
    assertThat(here.held).isNull();
  }

  @Test
  void aFieldThatIsAProxyOfTheCallersObjectDoesNotHinder() {
    Taker taker =
        sides.lookup(
            (Taker)
                held -> {
                  throw new Holding(held);
                },
            Taker.class);
    assertThatThrownBy(() -> taker.take(() -> "mine"))
        .isInstanceOf(Holding.class)
        .hasMessage("holding");
  }

  /** Takes a function. */
  public interface Taker {
    void take(Supplier<String> held);
  }

  @Test
  void anExceptionThatDoesNotTellItsCauseArrivesWithoutAnotherOne() {
    Throwable here = thrownBy(new Hostile());
    assertThat(here.getClass()).isEqualTo(Hostile.class);
    assertThat(here.getMessage()).isEqualTo("hostile");
    assertThat(here.getSuppressed()).isEmpty();
  }

  @Test
  void anExceptionThatIsTooLargeFailsTheCallAndNotTheConnection() {
    sides.near(builder -> builder.maxMessageSize(1 << 16));
    Throwable here = thrownBy(new IllegalStateException("x".repeat(1 << 16)));
    assertThat(here)
        .isInstanceOf(NotPassableException.class)
        .hasMessageStartingWith(
            "The method threw a java.lang.IllegalStateException, which cannot be passed."
                + " The message is larger than 65536 bytes");
    assertThat(thrownBy(new IllegalStateException("next"))).hasMessage("next");
  }

  /** Holds what cannot be passed. */
  public static class Circular extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Object[] circle = {null};
    private final int number;

    Circular() {
      super("circular");
      number = 5;
      circle[0] = circle;
    }
  }

  @Test
  void aFieldThatCannotBePassedIsLeftOutAndToldAmongTheSuppressed() {
    var there = new Circular();
    there.initCause(new IOException("cause"));
    var here = (Circular) thrownBy(there);
    assertThat(here).hasMessage("circular").hasCauseInstanceOf(IOException.class);
    assertThat(here.number).isEqualTo(5);
    assertThat(here.circle).isNull();
    assertThat(here.getSuppressed())
        .singleElement()
        .satisfies(
            note ->
                assertThat(note)
                    .isExactlyInstanceOf(Throwable.class)
                    .hasMessage(
                        "(a field is left out: Cannot pass circle[0]: this"
                            + " [Ljava.lang.Object; contains itself; a value must not be"
                            + " cyclic)"));
  }

  /** Is missing at the receiver. */
  public record Detail(int number) {}

  /** Tells what is missing at the receiver. */
  public static class Detailed extends IllegalStateException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    final Object detail = new Detail(1);

    Detailed() {
      super("detailed", new IOException("cause"));
    }
  }

  @Test
  void aFieldThatCannotBeRebuiltIsToldAmongTheSuppressed() {
    Failing failing =
        () -> {
          throw new Detailed();
        };
    try (OtherJvm other =
            OtherJvm.start(Relay.class, OtherJvm.Kind.without(Detail.class), List.of());
        Farside near = Farside.create()) {
      Catcher catcher = near.connectNow(other.uri()).lookup("catcher", Catcher.class);
      assertThat(catcher.caught(failing))
          .isEqualTo(
              Detailed.class.getName()
                  + ": detailed, without dev.farside.NotPassableException: Cannot pass"
                  + " exception.detail: the class "
                  + Detail.class.getName()
                  + " is not known here; add it to the receiver's class path");
    }
  }

  @Test
  void aCyclicCauseArrives() {
    var one = new IllegalStateException("one");
    var two = new IllegalStateException("two", one);
    one.initCause(two);
    Throwable here = thrownBy(one);
    assertThat(here).hasMessage("one").cause().hasMessage("two").cause().isSameAs(here);
  }

  @Test
  void aReactiveCallerGetsTheSameException() {
    FailingLater failing =
        sides.lookup(
            (Failing)
                () -> {
                  throw new IOException("checked");
                },
            FailingLater.class);
    StepVerifier.create(failing.fail())
        .verifyErrorSatisfies(
            e -> assertThat(e).isExactlyInstanceOf(IOException.class).hasMessage("checked"));
  }

  /** Fails in every style. */
  public interface Styles {
    Mono<String> mono();

    Flux<String> flux();

    CompletableFuture<String> future();
  }

  /** Fails in every style at once, or later. */
  public static final class FailingStyles implements Styles {
    @Override
    public Mono<String> mono() {
      return Mono.error(new IOException("mono"));
    }

    @Override
    public Flux<String> flux() {
      return Flux.error(new IOException("flux"));
    }

    @Override
    public CompletableFuture<String> future() {
      return CompletableFuture.failedFuture(new IOException("future"));
    }
  }

  @Test
  void publishersAndFuturesFailWithTheSameException() {
    Styles styles = sides.lookup(new FailingStyles(), Styles.class);
    StepVerifier.create(styles.mono()).verifyErrorMessage("mono");
    StepVerifier.create(styles.flux()).verifyErrorMessage("flux");
    CompletionException thrown =
        catchThrowableOfType(CompletionException.class, () -> styles.future().join());
    assertThat(thrown).cause().isExactlyInstanceOf(IOException.class).hasMessage("future");
  }

  @Test
  void whatIsThrownInsteadOfAPublisherFailsThePublisher() {
    Styles styles =
        sides.lookup(
            new Styles() {
              @Override
              public Mono<String> mono() {
                throw new IllegalStateException("mono");
              }

              @Override
              public Flux<String> flux() {
                throw new IllegalStateException("flux");
              }

              @Override
              public CompletableFuture<String> future() {
                throw new IllegalStateException("future");
              }
            },
            Styles.class);
    StepVerifier.create(styles.mono()).verifyErrorMessage("mono");
    StepVerifier.create(styles.flux()).verifyErrorMessage("flux");
    assertThatThrownBy(() -> styles.future().join())
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  /** Is missing at the receiver. */
  public static class Unheard extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Unheard(String message) {
      super(message);
    }
  }

  /** The other JVM: passes on what it hears. */
  static final class Relay {
    private Relay() {}

    public static void main(String[] args) throws Exception {
      Farside side =
          Farside.builder()
              .bind("catcher", (Catcher) failing -> describe(catching(failing)))
              .bind("relay", (Failing2) Failing::fail)
              .build();
      OtherJvm.serve(side.listenNow("tcp://127.0.0.1:0"));
    }

    private static Throwable catching(Failing failing) {
      try {
        failing.fail();
        return new AssertionError();
      } catch (Throwable e) {
        return e;
      }
    }

    private static String describe(Throwable e) {
      String without = e.getSuppressed().length == 0 ? "" : ", without " + e.getSuppressed()[0];
      return e.getClass().getName() + ": " + e.getMessage() + without;
    }
  }

  /** Tells what another throws. */
  public interface Catcher {
    String caught(Failing failing);
  }

  /** Calls another. */
  public interface Failing2 {
    void fail(Failing failing) throws Throwable;
  }

  @Test
  void anExceptionOfAnUnknownClassArrivesAsTheNearestKnownSuperclassNamedInItsMessage() {
    Failing failing =
        () -> {
          throw new Unheard("of");
        };
    try (OtherJvm other =
            OtherJvm.start(Relay.class, OtherJvm.Kind.without(Unheard.class), List.of());
        Farside near = Farside.create()) {
      Catcher catcher = near.connectNow(other.uri()).lookup("catcher", Catcher.class);
      assertThat(catcher.caught(failing))
          .isEqualTo(
              "java.lang.IllegalStateException: dev.farside.rsocket.ExceptionsTest$Unheard: of");
    }
  }

  @Test
  void anExceptionComesHomeThroughASideThatDoesNotKnowItsClass() {
    var own = new Unheard("of");
    try (OtherJvm other =
            OtherJvm.start(Relay.class, OtherJvm.Kind.without(Unheard.class), List.of());
        Farside near = Farside.create()) {
      Failing2 relay = near.connectNow(other.uri()).lookup("relay", Failing2.class);
      assertThatThrownBy(
              () ->
                  relay.fail(
                      () -> {
                        throw own;
                      }))
          .isSameAs(own);
    }
  }
}
