package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotAllowedException;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.RemoteFunction;
import dev.farside.RemoteRef;
import dev.farside.StaleReferenceException;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.Classes.Finished;
import dev.farside.rsocket.Classes.NamedAccount;
import dev.farside.rsocket.Classes.Shape;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What {@link Remote} and {@link dev.farside.Peer} do beyond calling a proxy. */
class RemoteTest {
  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP)
          .far(
              builder ->
                  builder.allowImport(
                      Account.class,
                      NamedAccount.class,
                      Shape.class,
                      Integer.class,
                      Picky.class,
                      Sealing.class,
                      Pair.class,
                      String.class,
                      IllegalStateException.class,
                      FileInputStream.class,
                      Library.class));

  interface Overloads {
    String of(int value);

    String of(long value);

    String of(double value);

    String of(Object value);

    String of(String value);

    String of(List<?> value);

    String of(Collection<?> value);

    String of(String first, Object... others);
  }

  static class PlainOverloads implements Overloads {
    @Override
    public String of(int value) {
      return "int";
    }

    @Override
    public String of(long value) {
      return "long";
    }

    @Override
    public String of(double value) {
      return "double";
    }

    @Override
    public String of(Object value) {
      return "Object";
    }

    @Override
    public String of(String value) {
      return "String";
    }

    @Override
    public String of(List<?> value) {
      return "List";
    }

    @Override
    public String of(Collection<?> value) {
      return "Collection";
    }

    @Override
    public String of(String first, Object... others) {
      return "String, " + others.length;
    }
  }

  interface Ambiguous {
    String of(String value);

    String of(Integer value);

    String pair(Object first, String second);

    String pair(String first, Object second);
  }

  static class PlainAmbiguous implements Ambiguous {
    @Override
    public String of(String value) {
      return "String";
    }

    @Override
    public String of(Integer value) {
      return "Integer";
    }

    @Override
    public String pair(Object first, String second) {
      return "second";
    }

    @Override
    public String pair(String first, Object second) {
      return "first";
    }
  }

  public static class Picky {
    final String name;

    private Picky() {
      this("nobody");
    }

    private Picky(String name) {
      this.name = name;
    }
  }

  /** Static methods of every kind. */
  public static final class Library {
    private Library() {}

    public static int length(String text) {
      return text.length();
    }

    public static Stream<Integer> upTo(int end) {
      return Stream.iterate(1, i -> i + 1).limit(end);
    }

    public static String fail(String text) throws FileNotFoundException {
      throw new FileNotFoundException(text);
    }

    static String hidden() {
      return "hidden";
    }

    public static String two(int number) {
      return "int " + number;
    }

    public static String two(Object object) {
      return "Object " + object;
    }

    public String instance() {
      return "instance";
    }
  }

  interface LibraryFace {
    int length(String text);

    Flux<Integer> upTo(int end);

    Mono<String> hidden();

    String instance();
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        Arguments.of("int", new Object[] {1}),
        Arguments.of("int", new Object[] {(short) 1}),
        Arguments.of("int", new Object[] {'a'}),
        Arguments.of("long", new Object[] {1L}),
        Arguments.of("double", new Object[] {1f}),
        Arguments.of("String", new Object[] {"a"}),
        Arguments.of("List", new Object[] {List.of()}),
        Arguments.of("List", new Object[] {new ArrayList<>()}),
        Arguments.of("Object", new Object[] {true}),
        Arguments.of("String, 1", new Object[] {"a", 1}),
        Arguments.of("String, 2", new Object[] {"a", null, 2}));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void aCallByNameChoosesAsACompilerWould(String expected, Object... arguments) {
    RemoteRef ref = Remote.ref(sides.lookup(new PlainOverloads(), Overloads.class));
    assertThat(ref.call("of", arguments).block()).isEqualTo(expected);
  }

  @Test
  void anAmbiguousCallByNameIsRefusedInWords() {
    RemoteRef ref = Remote.ref(sides.lookup(new PlainAmbiguous(), Ambiguous.class));
    assertThatThrownBy(() -> ref.call("of", new Object[] {null}).block())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            "of(…) on "
                + sides.peer()
                + ": of(null) is ambiguous among of(java.lang.Integer), of(java.lang.String); call"
                + " it through a face");
    assertThatThrownBy(() -> ref.call("pair", "a", "b").block())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            "pair(…) on "
                + sides.peer()
                + ": pair(java.lang.String,java.lang.String) is ambiguous among"
                + " pair(java.lang.Object,java.lang.String),"
                + " pair(java.lang.String,java.lang.Object); call it through a face");
  }

  @Test
  void aCallByNameOfNoMethodNamesWhatThereIs() {
    RemoteRef ref = Remote.ref(sides.lookup((Supplier<Object>) () -> 1, Supplier.class));
    assertThatThrownBy(() -> ref.call("give", 1, "a").block())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageMatching(
            "give\\(…\\) on tcp://127\\.0\\.0\\.1:\\d+:"
                + " dev\\.farside\\.rsocket\\.RemoteTest\\$\\$Lambda.* has no public method"
                + " give\\(java\\.lang\\.Integer,java\\.lang\\.String\\) in a public type; it has"
                + " equals\\(java\\.lang\\.Object\\), get\\(\\), hashCode\\(\\), toString\\(\\)");
  }

  @Test
  void aReferenceKnowsItsPeerAndTypes() {
    Object proxy =
        sides.lookup((Supplier<Object>) () -> new NamedAccount("Ada"), Supplier.class).get();
    RemoteRef ref = Remote.ref(proxy);
    assertThat(ref.peer()).isSameAs(sides.peer());
    assertThat(ref.typeNames())
        .containsExactly(
            NamedAccount.class.getName(), Account.class.getName(), Comparable.class.getName());
    assertThat(ref.call("deposit", 5).block()).isSameAs(proxy);
    assertThat(ref.call("balance").block()).isEqualTo(5L);
  }

  @Test
  void aStreamByNameGivesTheElementsOfTheResult() {
    RemoteRef ref =
        Remote.ref(sides.lookup((Supplier<Object>) () -> List.of(1, 2, 3), Supplier.class));
    StepVerifier.create(ref.stream("get")).expectNext(1, 2, 3).verifyComplete();
    StepVerifier.create(ref.call("get")).expectNext(List.of(1, 2, 3)).verifyComplete();
  }

  @Test
  void aCallByNameRunsOncePerSubscription() {
    var account = new Account("Ada", 0);
    Mono<Object> deposit = Remote.ref(sides.lookup(account, Account.class)).call("deposit", 1L);
    assertThat(account.balance()).isZero();
    deposit.block();
    deposit.block();
    assertThat(account.balance()).isEqualTo(2);
  }

  @Test
  void nullAndVoidByNameAreEmpty() {
    RemoteRef ref = Remote.ref(sides.lookup((Supplier<Object>) () -> null, Supplier.class));
    StepVerifier.create(ref.call("get")).verifyComplete();
    StepVerifier.create(ref.stream("get")).verifyComplete();
  }

  @Test
  void aReleasedReferenceIsStaleThroughAllItsFaces() {
    Account proxy =
        (Account)
            sides.lookup((Supplier<Object>) () -> new Account("Ada", 1), Supplier.class).get();
    MonoAccount reactive = Remote.as(proxy, MonoAccount.class);
    RemoteRef ref = Remote.ref(proxy);
    String name = ref.toString();
    Remote.release(proxy);
    for (Runnable call :
        List.<Runnable>of(
            proxy::balance,
            () -> reactive.balance().block(),
            () -> ref.call("balance").block(),
            () -> ref.stream("balance").blockLast())) {
      assertThatThrownBy(call::run)
          .isInstanceOf(StaleReferenceException.class)
          .hasMessageContaining("the reference to " + name + " was released; look the object up");
    }
    Remote.release(proxy);
  }

  interface MonoAccount {
    Mono<Long> balance();
  }

  interface AccountFace {
    long balance();
  }

  @Test
  void facesOfOneObjectAreOnePerTypeAndEqual() {
    Account proxy =
        (Account)
            sides.lookup((Supplier<Object>) () -> new Account("Ada", 1), Supplier.class).get();
    AccountFace face = Remote.as(proxy, AccountFace.class);
    assertThat(face.balance()).isEqualTo(1);
    assertThat(Remote.as(proxy, AccountFace.class)).isSameAs(face);
    assertThat(Remote.as(face, Account.class)).isSameAs(proxy);
    assertThat(Remote.as(proxy, Object.class)).isSameAs(proxy);
    assertThat(face.equals(proxy)).isTrue();
    assertThat(face.hashCode()).isEqualTo(proxy.hashCode());
    assertThat(Remote.as(face, MonoAccount.class).balance().block()).isEqualTo(1);
  }

  @Test
  void onlyAProxyHasFacesAndAReference() {
    assertThat(Remote.isRemote(null)).isFalse();
    assertThat(Remote.isRemote("text")).isFalse();
    for (Object local : List.of("text", new Finished())) {
      String text = "Not a proxy but a local object: a " + local.getClass().getName();
      assertThatThrownBy(() -> Remote.ref(local))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
      assertThatThrownBy(() -> Remote.as(local, Runnable.class)).hasMessage(text);
      assertThatThrownBy(() -> Remote.release(local)).hasMessage(text);
      assertThatThrownBy(() -> Remote.async(local, l -> l)).hasMessage(text);
    }
  }

  @Test
  void aFaceThatCannotBeIsRefusedInWords() {
    Object proxy =
        sides.lookup((Supplier<Object>) () -> new Account("Ada", 1), Supplier.class).get();
    assertThatThrownBy(() -> Remote.as(proxy, Finished.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            proxy
                + " cannot be seen as dev.farside.rsocket.Classes$Finished. Nothing can stand in"
                + " for dev.farside.rsocket.Classes$Finished: it is final; use an interface of it");
  }

  @Test
  void anExpressionIsLazyAndRunsOncePerSubscription() {
    var account = new Account("Ada", 0);
    Account here = sides.lookup(account, Account.class);
    Mono<Long> balance = Remote.async(here, a -> a.deposit(1).deposit(2).balance());
    assertThat(account.balance()).isZero();
    StepVerifier.create(balance).expectNext(3L).verifyComplete();
    StepVerifier.create(balance).expectNext(6L).verifyComplete();
  }

  @Test
  void aFailureInsideAnExpressionIsThatOfTheMono() {
    Library2 there =
        name -> {
          throw new FileNotFoundException(name);
        };
    Library2 here = sides.lookup(there, Library2.class);
    StepVerifier.create(Remote.async(here, l -> l.find("x")))
        .verifyErrorSatisfies(
            e -> assertThat(e).isExactlyInstanceOf(FileNotFoundException.class).hasMessage("x"));
  }

  /** Waits until it is interrupted. */
  public interface Endless {
    String get() throws InterruptedException;
  }

  @Test
  void whatADisposedExpressionThrowsIsNobodys() throws Exception {
    var begun = new CountDownLatch(1);
    Endless there =
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return "never";
        };
    Endless here = sides.lookup(there, Endless.class);
    var thread = new CompletableFuture<Thread>();
    List<Throwable> dropped = new CopyOnWriteArrayList<>();
    Hooks.onErrorDropped(dropped::add);
    try {
      Disposable call =
          Remote.async(
                  here,
                  endless -> {
                    thread.complete(Thread.currentThread());
                    return endless.get();
                  })
              .subscribe();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      call.dispose();
      await().until(() -> isIdle(thread.join()));
    } finally {
      Hooks.resetOnErrorDropped();
    }
    assertThat(dropped).isEmpty();
  }

  /** Whether a worker waits for its next task, or has ended. */
  private static boolean isIdle(Thread worker) {
    return worker.getState() == Thread.State.TIMED_WAITING
        || worker.getState() == Thread.State.TERMINATED;
  }

  interface Library2 {
    String find(String name) throws FileNotFoundException;
  }

  @Test
  void aConstructorIsImportedAsAFunction() throws Exception {
    RemoteFunction<String, NamedAccount> open = sides.peer().importFunction(NamedAccount::new);
    NamedAccount here = open.apply("Ada");
    assertThat(Remote.isRemote(here)).isTrue();
    assertThat(here.name()).isEqualTo("Ada");
  }

  @Test
  void aStaticMethodIsImportedAsAFunction() throws Exception {
    RemoteFunction<String, Integer> length = sides.peer().importFunction(Library::length);
    assertThat(length.apply("four")).isEqualTo(4);
    RemoteFunction<String, Integer> parse = sides.peer().importFunction(Integer::parseInt);
    assertThat(parse.apply("12")).isEqualTo(12);
    RemoteFunction<Integer, String> overloaded = sides.peer().importFunction(Library::two);
    assertThat(overloaded.apply(1)).isEqualTo("Object 1"); // as javac chooses
    RemoteFunction<Double, Shape> square = sides.peer().importFunction(Shape::square);
    assertThat(square.apply(2.0).area()).isEqualTo(4.0);
  }

  @Test
  void whatAnImportedFunctionThrowsArrivesAsItIs() {
    RemoteFunction<String, String> fail = sides.peer().importFunction(Library::fail);
    assertThatThrownBy(() -> fail.apply("gone"))
        .isExactlyInstanceOf(FileNotFoundException.class)
        .hasMessage("gone");
    RemoteFunction<String, FileInputStream> open =
        sides.peer().importFunction(FileInputStream::new);
    assertThatThrownBy(() -> open.apply("/no/such/file"))
        .isExactlyInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aLambdaCannotBeImported() {
    String text =
        "importFunction needs a method reference, such as FileInputStream::new; a lambda's code"
            + " cannot be sent, only a name can (the compiler makes lambdas of String[]::new and of"
            + " references to methods of variable arity that are given single arguments)";
    assertThatThrownBy(() -> sides.peer().importFunction((String s) -> s.length()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
    RemoteFunction<String, Integer> anonymous =
        new RemoteFunction<>() {
          private static final long serialVersionUID = 1;

          @Override
          public Integer apply(String argument) {
            return 1;
          }
        };
    assertThatThrownBy(() -> sides.peer().importFunction(anonymous))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
  }

  @Test
  void whatIsNotAllowedCannotBeImported() {
    RemoteFunction<String, Long> parse = sides.peer().importFunction(Long::parseLong);
    String text =
        "java.lang.Long may not be imported from here: the owner must name it in"
            + " Farside.builder().allowImport(Long.class)";
    assertThatThrownBy(() -> parse.apply("1"))
        .isInstanceOf(NotAllowedException.class)
        .hasMessage(text);
    assertThatThrownBy(() -> sides.peer().create(ArrayList.class))
        .isInstanceOf(NotAllowedException.class)
        .hasMessage(
            "java.util.ArrayList may not be imported from here: the owner must name it in"
                + " Farside.builder().allowImport(ArrayList.class)");
    assertThatThrownBy(() -> sides.peer().importStatic(Long.class, LibraryFace.class).length("a"))
        .isInstanceOf(NotAllowedException.class)
        .hasMessage(text);
    RemoteFunction<String, Object> nested = sides.peer().importFunction(Finished2::new);
    assertThatThrownBy(() -> nested.apply("a"))
        .isInstanceOf(NotAllowedException.class)
        .hasMessage(
            "dev.farside.rsocket.RemoteTest$Finished2 may not be imported from here: the owner must"
                + " name it in Farside.builder().allowImport(RemoteTest.Finished2.class)");
  }

  static class Finished2 {
    Finished2(String text) {}
  }

  @Test
  void staticMethodsAreImportedThroughAFace() {
    LibraryFace here = sides.peer().importStatic(Library.class, LibraryFace.class);
    assertThat(here.length("four")).isEqualTo(4);
    StepVerifier.create(here.upTo(1_000_000).take(3)).expectNext(1, 2, 3).verifyComplete();
    assertThatThrownBy(() -> here.hidden().block())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith(
            "LibraryFace.hidden() on "
                + sides.peer()
                + ": class dev.farside.rsocket.RemoteTest$Library has no public method of this"
                + " signature; it has fail(java.lang.String), length(java.lang.String)");
    assertThatThrownBy(here::instance).isInstanceOf(NoSuchRemoteMethodException.class);
    assertThat(here.equals(here)).isTrue();
  }

  @Test
  void aFaceOfStaticMethodsIsItself() {
    LibraryFace here = sides.peer().importStatic(Library.class, LibraryFace.class);
    long before = sides.peer().stats().requestsSent();
    assertThat(here).isNotEqualTo(null).isNotEqualTo("a");
    assertThat(here).isEqualTo(sides.peer().importStatic(Library.class, LibraryFace.class));
    int hash = here.hashCode();
    assertThat(here.hashCode()).isEqualTo(hash);
    assertThat(here).hasToString(Library.class.getName() + "@" + sides.peer());
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
  }

  @Test
  void whatCannotBeCreatedIsToldBeforeItIsSent() {
    Peer peer = sides.peer();
    long before = peer.stats().requestsSent();
    assertThatThrownBy(() -> peer.create(int[].class, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("int[] has no constructor");
    assertThatThrownBy(() -> peer.create(int.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("int has no constructor");
    assertThatThrownBy(() -> peer.create(HashMap.class, (Object[]) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("arguments: one that is null is given as (Object) null");
    assertThatThrownBy(() -> peer.create(Thread.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            " would give what cannot be used here. Nothing can stand in for java.lang.Thread: it"
                + " is power over the virtual machine, which no peer may call");
    assertThat(peer.stats().requestsSent()).isEqualTo(before);
  }

  @Test
  void whatEveryObjectHasIsNotImportedForValues() throws Exception {
    RemoteFunction<CharSequence, String> text = sides.peer().importFunction(Object::toString);
    assertThatThrownBy(() -> text.apply("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Object.toString names no class that could be allowed at "
                + sides.peer()
                + ": call it directly on what is copied there");
    var there = new StringBuilder();
    there.append('a');
    CharSequence builder = sides.lookup(there, CharSequence.class);
    assertThat(text.apply(builder)).isEqualTo("a");
  }

  @Test
  void anObjectIsConstructedThere() {
    Account ada = sides.peer().create(Account.class, "Ada", 5);
    assertThat(Remote.isRemote(ada)).isTrue();
    assertThat(ada.balance()).isEqualTo(5);
    assertThatThrownBy(() -> sides.peer().create(Account.class, "", 5))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("nobody");
    assertThatThrownBy(() -> sides.peer().create(Account.class, 5))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            "new Classes.Account on "
                + sides.peer()
                + ": class dev.farside.rsocket.Classes$Account has no public method"
                + " <init>(java.lang.Integer); it has <init>(java.lang.String,long)");
    assertThatThrownBy(() -> sides.peer().create(Picky.class))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            "new RemoteTest.Picky on "
                + sides.peer()
                + ": class dev.farside.rsocket.RemoteTest$Picky has no public method <init>(); it"
                + " has none");
    RemoteFunction<String, Picky> make = sides.peer().importFunction(Picky::new);
    assertThatThrownBy(() -> make.apply("a"))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("new RemoteTest.Picky(String) on " + sides.peer() + ": class ");
    assertThatThrownBy(() -> sides.peer().create(Shape.class, 4))
        .isInstanceOf(NoSuchRemoteMethodException.class);
  }

  @Test
  void nothingIsConstructedThereThatCannotBeUsedHere() throws Exception {
    long before = sides.peer().stats().requestsSent();
    assertThatThrownBy(() -> sides.peer().create(Sealing.class, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "new RemoteTest.Sealing on "
                + sides.peer()
                + " would give what cannot be used here. Nothing can stand in for"
                + " dev.farside.rsocket.RemoteTest$Sealing: it is final; use an interface of it,"
                + " with importFunction(RemoteTest.Sealing::new)");
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
    assertThat(Sealing.MADE).hasValue(0);
    RemoteFunction<String, Runnable> make = sides.peer().importFunction(Sealing::new);
    make.apply("a").run();
    assertThat(Sealing.MADE).hasValue(1);
  }

  /** Counts its instances. */
  public static final class Sealing implements Runnable {
    static final AtomicInteger MADE = new AtomicInteger();

    public Sealing(String text) {
      MADE.incrementAndGet();
    }

    @Override
    public void run() {}
  }

  @Test
  void aValueThatIsConstructedThereArrivesAsACopy() {
    assertThat(sides.peer().create(Pair.class, 1, "a")).isEqualTo(new Pair(1, "a"));
    assertThat(sides.peer().create(String.class, "a")).isEqualTo("a");
    assertThat(sides.peer().create(IllegalStateException.class, "a")).hasMessage("a");
  }

  public record Pair(int number, String text) {}

  @Test
  void aProxyIsAnArgumentOfAConstructor() {
    Account ada = sides.peer().create(Account.class, "Ada", 5);
    RemoteRef ref = Remote.ref(sides.lookup(new PlainOverloads(), Overloads.class));
    assertThat(ref.call("of", ada).block()).isEqualTo("Object");
  }
}
