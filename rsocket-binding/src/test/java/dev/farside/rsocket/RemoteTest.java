package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Remote;
import dev.farside.RemoteRef;
import dev.farside.StaleReferenceException;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.Classes.Finished;
import dev.farside.rsocket.Classes.NamedAccount;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What {@link Remote} and {@link dev.farside.Peer} do beyond calling a proxy. */
class RemoteTest {
  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP).far(builder -> builder.allowImport(Account.class));

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
    Library there =
        name -> {
          throw new FileNotFoundException(name);
        };
    Library here = sides.lookup(there, Library.class);
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

  interface Library {
    String find(String name) throws FileNotFoundException;
  }

  /** Whether a worker waits for its next task, or has ended. */
  private static boolean isIdle(Thread worker) {
    return worker.getState() == Thread.State.TIMED_WAITING
        || worker.getState() == Thread.State.TERMINATED;
  }

  @Test
  void aProxyIsAnArgumentOfAConstructor() {
    Account ada = sides.peer().create(Account.class, "Ada", 5);
    RemoteRef ref = Remote.ref(sides.lookup(new PlainOverloads(), Overloads.class));
    assertThat(ref.call("of", ada).block()).isEqualTo("Object");
  }
}
