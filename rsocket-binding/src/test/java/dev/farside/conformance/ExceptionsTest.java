package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a method throws is what its caller catches. */
@SuppressWarnings({
  "DoNotCallSuggester",
  "OverrideThrowableToString",
  "UnusedVariable",
  "UnsafeReflectiveConstructionCast",
  "RethrowReflectiveOperationExceptionAsLinkageError"
}) // people do such things
public class ExceptionsTest {
  /** Throws whatever it is, declared or not. */
  @SuppressWarnings("unchecked")
  static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Fails in every way that Java has. */
  public static class Failing {
    private final AtomicInteger cleaned = new AtomicInteger();

    /** As it declares. */
    public void declared() throws IOException {
      throw new FileNotFoundException("declared");
    }

    /** As anything may. */
    public String undeclared() {
      throw new IllegalStateException("undeclared");
    }

    /** As nobody expects. */
    public int sneaky() {
      ExceptionsTest.<RuntimeException>sneak(new TimeoutException("sneaky"));
      return 1;
    }

    /** With this error. */
    public void error(String name) throws Throwable {
      throw error(name, "bad");
    }

    private static Throwable error(String name, String message) throws Exception {
      return (Throwable) Class.forName(name).getConstructor(String.class).newInstance(message);
    }

    /** Later. */
    public Mono<String> mono(String name) throws Exception {
      Throwable error = error(name, "mono");
      return Mono.create(sink -> sink.error(error));
    }

    /** After an item. */
    public Flux<String> flux(String name) throws Exception {
      Throwable error = error(name, "flux");
      return Flux.create(
          sink -> {
            sink.next("item");
            sink.error(error);
          });
    }

    /** Later, too. */
    public CompletableFuture<String> future(String name) throws Exception {
      return CompletableFuture.failedFuture(error(name, "future"));
    }

    /** After an element. */
    public Stream<Integer> stream(String name) {
      return Stream.of(1, 2)
          .map(
              i -> {
                if (i == 2) {
                  try {
                    ExceptionsTest.<RuntimeException>sneak(error(name, "stream"));
                  } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                  } catch (RuntimeException e) {
                    throw e;
                  } catch (Exception e) {
                    ExceptionsTest.<RuntimeException>sneak(e);
                  }
                }
                return i;
              });
    }

    /** Throws from within try. */
    public void cleaning() {
      try {
        throw new IllegalStateException("first");
      } finally {
        cleaned.incrementAndGet();
      }
    }

    /** How often it was cleaned up. */
    public int cleaned() {
      return cleaned.get();
    }

    /** Fails in its assertion. */
    public void asserting() {
      throw new AssertionError("two", new IllegalStateException("cause"));
    }

    /** Fails where its class is initialised. */
    public Object initialising() {
      return new Broken();
    }

    /** Goes too deep. */
    @SuppressWarnings("InfiniteRecursion")
    public int deep() {
      return deep() + 1;
    }

    /** Calls back. */
    public String calling(Callable<String> other) throws Exception {
      return other.call();
    }

    /** Calls back and recovers. */
    public String recovering(Callable<String> other) throws Exception {
      try {
        return other.call();
      } catch (FileNotFoundException e) {
        return "caught " + e.getMessage();
      }
    }

    /** Calls back and wraps. */
    public String wrapping(Callable<String> other) {
      try {
        return other.call();
      } catch (Exception e) {
        throw new IllegalArgumentException("wrapped", e);
      }
    }
  }

  /** Cannot be initialised. */
  static class Broken {
    static final int NUMBER = Integer.parseInt("x");

    int number() {
      return NUMBER;
    }
  }

  @Conformance
  void aDeclaredExceptionIsCaughtAsItsClass(Failing failing) {
    try {
      failing.declared();
      throw new AssertionError("not reached");
    } catch (FileNotFoundException e) {
      assertThat(e).hasMessage("declared").hasNoCause();
    } catch (IOException e) {
      throw new AssertionError("too wide", e);
    }
  }

  @Conformance
  void anUndeclaredExceptionIsCaughtAsItself(Failing failing) {
    assertThatThrownBy(failing::undeclared)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("undeclared");
  }

  @Conformance
  void aCheckedExceptionThatIsNotDeclaredIsNotWrapped(Failing failing) {
    assertThatThrownBy(failing::sneaky)
        .isExactlyInstanceOf(TimeoutException.class)
        .hasMessage("sneaky")
        .hasNoCause();
  }

  private static final List<String> ERRORS =
      List.of(
          "java.lang.Error",
          "java.lang.OutOfMemoryError",
          "java.lang.StackOverflowError",
          "java.lang.InternalError",
          "java.lang.NoClassDefFoundError",
          "java.lang.UnsatisfiedLinkError",
          "java.lang.AbstractMethodError",
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.io.IOException",
          "java.lang.InterruptedException",
          "java.lang.CloneNotSupportedException");

  @Conformance
  void errorsAreCaughtAsThemselves(Failing failing) {
    for (String name : ERRORS) {
      Throwable caught = catchThrowable(() -> failing.error(name));
      assertThat(caught.getClass().getName()).isEqualTo(name);
      assertThat(caught).hasMessage("bad");
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @Conformance
  void errorsComeOutOfPublishersAndFuturesAsThemselves(Failing failing) throws Exception {
    for (String name : ERRORS) {
      var ofMono = new CompletableFuture<Throwable>();
      failing.mono(name).subscribe(x -> {}, ofMono::complete);
      assertError(ofMono.get(), name, "mono");
      var ofFlux = new CompletableFuture<Throwable>();
      failing.flux(name).subscribe(x -> {}, ofFlux::complete);
      assertError(ofFlux.get(), name, "flux");
      assertError(
          catchThrowableOfType(ExecutionException.class, () -> failing.future(name).get())
              .getCause(),
          name,
          "future");
    }
  }

  private static void assertError(Throwable caught, String name, String message) {
    assertThat(caught.getClass().getName()).isEqualTo(name);
    assertThat(caught).hasMessage(message);
  }

  @Conformance
  void aStreamFailsAfterTheElementsBefore(Failing failing) {
    for (String name : List.of("java.io.IOException", "java.lang.IllegalStateException")) {
      var heard = new ArrayList<Integer>();
      Throwable caught =
          catchThrowable(
              () -> {
                try (Stream<Integer> stream = failing.stream(name)) {
                  stream.forEach(heard::add);
                }
              });
      assertError(caught, name, "stream");
      assertThat(heard).containsExactly(1);
    }
  }

  @Conformance
  void whatIsToBeDoneFinallyIsDone(Failing failing) {
    assertThatThrownBy(failing::cleaning).hasMessage("first");
    assertThat(failing.cleaned()).isEqualTo(1);
  }

  @Conformance
  void anAssertionThatFailsHasItsCause(Failing failing) {
    assertThatThrownBy(failing::asserting)
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessage("two")
        .hasCauseExactlyInstanceOf(IllegalStateException.class);
  }

  @Conformance
  void aClassThatCannotBeInitialisedFailsAsJavaSays(Failing failing) {
    assertThatThrownBy(failing::initialising).isInstanceOf(LinkageError.class);
    assertThatThrownBy(failing::initialising)
        .isExactlyInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("Could not initialize class");
  }

  @Conformance
  void whatGoesTooDeepOverflowsTheStackAndTheNextCallWorks(Failing failing) {
    assertThatThrownBy(failing::deep).isExactlyInstanceOf(StackOverflowError.class);
    assertThat(failing.cleaned()).isZero();
  }

  @Conformance
  void theCallersOwnExceptionComesBackAsTheSameInstance(Failing failing) {
    var own = new IOException("own");
    StackTraceElement[] stack = own.getStackTrace();
    Callable<String> throwing =
        () -> {
          throw own;
        };
    assertThatThrownBy(() -> failing.calling(throwing)).isSameAs(own);
    assertThat(own.getStackTrace()).isEqualTo(stack);
    assertThat(own.getSuppressed()).isEmpty();
    assertThatThrownBy(() -> failing.wrapping(throwing))
        .hasMessage("wrapped")
        .cause()
        .isSameAs(own);
  }

  @Conformance
  void aCalleeCatchesWhatACallbackThrows(Failing failing) throws Exception {
    assertThat(
            failing.recovering(
                () -> {
                  throw new FileNotFoundException("x");
                }))
        .isEqualTo("caught x");
  }

  /** Tries what may be in an exception. */
  public static class Banking {
    /** Lacks money. */
    public void withdraw(long amount) throws InsufficientFunds {
      throw new InsufficientFunds("Ada", amount, this);
    }

    /** Is called through an exception. */
    public long balance() {
      return 5;
    }

    /** Fails with what it is given. */
    public void failing(Supplier<String> given) {
      throw new Holding(given);
    }

    /** Fails with a text for each place. */
    public void invalid() {
      throw new Invalid();
    }

    /** Fails with a class of its own. */
    public void local() {
      int seen = 7;
      class Local extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
          return "seen " + seen;
        }
      }

      throw new Local();
    }

    /** Fails with a class without a name. */
    public void anonymous() {
      throw new IllegalStateException("anonymous") {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
          return "!" + getMessage();
        }
      };
    }
  }

  /** Has fields. */
  public static class InsufficientFunds extends Exception {
    private static final long serialVersionUID = 1;
    private final String owner;
    private final long missing;
    private final Optional<String> advice = Optional.of("work");
    private final Status status = Status.POOR;
    private final Amount amount;

    /** Of public use. */
    @SuppressWarnings("serial")
    public final Banking bank;

    InsufficientFunds(String owner, long missing, Banking bank) {
      super(owner + " lacks " + missing);
      this.owner = owner;
      this.missing = missing;
      this.amount = new Amount(missing, "EUR");
      this.bank = bank;
    }

    /** All of it, in words. */
    public String all() {
      return owner + " " + missing + " " + advice + " " + status + " " + amount;
    }
  }

  /** A value. */
  public record Amount(long number, String currency) {}

  /** How somebody is. */
  public enum Status {
    /** Without. */
    POOR
  }

  /** Holds an object of its catcher. */
  public static class Holding extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Object unseen = "unseen";

    @SuppressWarnings("serial")
    private final Supplier<String> held;

    Holding(Supplier<String> held) {
      super("holding");
      this.held = held;
    }
  }

  /** Gathers. */
  public static class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final List<String> texts = new ArrayList<>(List.of("short", "empty"));
    private final Map<String, Integer> places = new HashMap<>(Map.of("name", 3));
    private final int[] codes = {1, 2};

    @Override
    public String getMessage() {
      return texts + " " + places;
    }
  }

  @Conformance
  void fieldsArriveAndMethodsUseThem(Banking bank) {
    var caught = catchThrowableOfType(InsufficientFunds.class, () -> bank.withdraw(300));
    assertThat(caught).hasMessage("Ada lacks 300");
    assertThat(caught.all())
        .isEqualTo("Ada 300 Optional[work] POOR Amount[number=300, currency=EUR]");
  }

  @Conformance
  void anObjectInAPublicFinalFieldCanBeCalled(Banking bank) {
    var caught = catchThrowableOfType(InsufficientFunds.class, () -> bank.withdraw(300));
    assertThat(caught.bank.balance()).isEqualTo(5);
    assertThat(caught.bank).isSameAs(bank);
  }

  @Conformance
  void anObjectOfTheCatchersInAFieldIsTheCatchersOwn(Banking bank) {
    Supplier<String> given = () -> "given";
    var caught = catchThrowableOfType(Holding.class, () -> bank.failing(given));
    assertThat(caught.held).isSameAs(given);
  }

  @Conformance
  void collectionsInFieldsArrive(Banking bank) {
    var caught = catchThrowableOfType(Invalid.class, bank::invalid);
    assertThat(caught).hasMessage("[short, empty] {name=3}");
    caught.texts.add("more");
    assertThat(caught.texts).containsExactly("short", "empty", "more");
    assertThat(caught.codes).containsExactly(1, 2);
  }

  @Conformance
  void exceptionsOfLocalAndAnonymousClassesAreThemselves(Banking bank) {
    assertThatThrownBy(bank::local).hasMessage("seen 7");
    assertThatThrownBy(bank::anonymous)
        .isInstanceOf(IllegalStateException.class)
        .hasToString("!anonymous");
  }

  @Conformance
  void anExceptionThatIsCaughtCanBeChangedAndThrownOn(Failing failing) {
    var caught = catchThrowableOfType(IllegalStateException.class, failing::undeclared);
    caught.initCause(new IOException("late"));
    caught.addSuppressed(new IOException("aside"));
    caught.setStackTrace(new StackTraceElement[0]);
    assertThat(caught).hasCauseInstanceOf(IOException.class);
    assertThat(caught.getSuppressed()).hasSize(1);
    assertThatThrownBy(
            () -> {
              throw caught;
            })
        .isSameAs(caught);
    Function<Throwable, String> message = Throwable::getMessage;
    assertThat(message.apply(caught)).isEqualTo("undeclared");
    assertThat(new CompletionException(caught).getMessage()).contains("undeclared");
  }
}
