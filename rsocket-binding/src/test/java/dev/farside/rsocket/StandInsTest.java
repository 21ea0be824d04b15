package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.LimitExceededException;
import dev.farside.NoSuchNameException;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Remote;
import dev.farside.codec.TypeNames;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.Classes.Finished;
import dev.farside.rsocket.Classes.HiddenAccount;
import dev.farside.rsocket.Classes.Locker;
import dev.farside.rsocket.Classes.LockerKey;
import dev.farside.rsocket.Classes.Marked;
import dev.farside.rsocket.Classes.MarkedList;
import dev.farside.rsocket.Classes.NamedAccount;
import dev.farside.rsocket.Classes.Names;
import dev.farside.rsocket.Classes.OnlyOne;
import dev.farside.rsocket.Classes.OnlyTwo;
import dev.farside.rsocket.Classes.PlainLocker;
import dev.farside.rsocket.Classes.Repository;
import dev.farside.rsocket.Classes.Sealed;
import dev.farside.rsocket.Classes.SealedClass;
import dev.farside.rsocket.Classes.Shape;
import dev.farside.rsocket.TwoSides.Transport;
import dev.farside.rsocket.elsewhere.Safe;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stand-in is an instance of, and what it is not. */
class StandInsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** What an object of the far side becomes when it arrives as a result. */
  private Object arrived(Object there) {
    return sides.lookup((Supplier<Object>) () -> there, Supplier.class).get();
  }

  @Test
  void aClassStandsInWithoutRunningItsConstructor() {
    var there = new Account("Ada", 5);
    Account here = sides.lookup(there, Account.class);
    assertThat(here.deposit(10).balance()).isEqualTo(15);
    assertThat(there.balance()).isEqualTo(15);
    assertThat(arrived(there)).isInstanceOf(Account.class);
  }

  @Test
  void anAbstractClassStandsInThoughItsConstructorMayThrow() {
    Shape here = (Shape) arrived(Shape.square(3));
    assertThat(here.area()).isEqualTo(9.0);
    assertThat(here.sides()).isEqualTo(4);
  }

  @Test
  void aGenericSuperclassIsCalledThroughItsBridges() {
    var there = new Names();
    @SuppressWarnings("unchecked")
    Repository<Integer, String> here = sides.lookup(there, Repository.class);
    here.add(" Ada ");
    assertThat(here.last()).isEqualTo("Ada");
    assertThat(here.find(1)).isEqualTo("1Ada");
    Names names = (Names) arrived(there);
    names.add(" Bob ");
    assertThat(names.find(2)).isEqualTo("2Bob");
    @SuppressWarnings("unchecked")
    Repository<Integer, String> asSuper = (Repository<Integer, String>) arrived(there);
    asSuper.add(" Cy ");
    assertThat(there.last()).isEqualTo("Cy");
  }

  @Test
  void aFinalMethodIsNotForwarded() {
    Account here = sides.lookup(new Account("Ada", 5), Account.class);
    assertThat(here.describe()).isEqualTo("null: 0");
  }

  @Test
  void methodsThatAreNotPublicAreRefused() {
    Account here = (Account) arrived(new Account("Ada", 5));
    assertThatThrownBy(here::auditedBalance)
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageMatching(
            "Account\\.auditedBalance\\(\\) on Account@tcp://127\\.0\\.0\\.1:\\d+#1 is not public:"
                + " only public methods can be called on an object of a peer");
    assertThatThrownBy(here::secretBalance)
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("Account.secretBalance() on Account@tcp:");
  }

  @Test
  void aHiddenClassStandsInAsItsPublicTypes() {
    var there = new HiddenAccount();
    Object here = arrived(there);
    assertThat(here)
        .isInstanceOf(Account.class)
        .isInstanceOf(Runnable.class)
        .isNotInstanceOf(HiddenAccount.class);
    ((Runnable) here).run();
    assertThat(((Account) here).balance()).isEqualTo(1);
    assertThat(Remote.ref(here).typeNames())
        .containsExactly(Account.class.getName(), Runnable.class.getName());
  }

  @Test
  void aCollectionStandsInAsAllItsTypes() {
    Object list = arrived(new ArrayList<>(List.of("a", "b")));
    assertThat(list)
        .isInstanceOf(ArrayList.class)
        .isInstanceOf(AbstractList.class)
        .isInstanceOf(RandomAccess.class)
        .isInstanceOf(Cloneable.class);
    assertThat(((List<?>) list).get(1)).isEqualTo("b");
    assertThat(arrived(new TreeMap<>())).isInstanceOf(TreeMap.class);
    assertThat(arrived(new ByteArrayInputStream(new byte[0])))
        .isInstanceOf(ByteArrayInputStream.class);
  }

  @Test
  void aClassOfTheJdkMayHaveAnInterfaceOfOnePackage() {
    Object here = arrived(new MarkedList());
    assertThat(here).isInstanceOf(Marked.class).isInstanceOf(ArrayList.class);
    ((ArrayList<?>) here).ensureCapacity(10);
    assertThat(((Marked) here).mark()).isEqualTo("marked 0");
  }

  @Test
  void aPublicTypeMayHaveMethodsOfTypesOfOnePackage() {
    Locker here = sides.lookup(new PlainLocker(), Locker.class);
    LockerKey key = here.key();
    assertThat(key.number()).isEqualTo(7);
    assertThat(here.keys()).containsExactly(key);
    assertThat(here.opens(key)).isTrue();
    assertThat(here.opens(() -> 7)).isFalse();
    assertThat(((PlainLocker) arrived(new PlainLocker())).key().number()).isEqualTo(7);
  }

  /** Of types of two packages: no class can see both. */
  abstract static class Lockers implements Locker, Safe {}

  @Test
  void aMethodWhoseResultNoStandInCanSeeIsRefusedInWords() {
    Lockers here = sides.lookup(new PlainLocker(), Lockers.class);
    assertThat(here.key().number()).isEqualTo(7);
    assertThatThrownBy(() -> Safe.openBy(here))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageMatching(
            "Safe\\.combination\\(\\) on \".*\"@tcp:.* cannot be called: its result type"
                + " dev\\.farside\\.rsocket\\.elsewhere\\.Combination is not public, and no"
                + " stand-in can be made where it is visible; make it public");
  }

  @Test
  void aFinalClassStandsInAsItsInterfaces() {
    Object here = arrived(new FinalRunner());
    assertThat(here).isInstanceOf(Runnable.class).isNotInstanceOf(FinalRunner.class);
  }

  /** Public enough. */
  static final class FinalRunner implements Runnable {
    @Override
    public void run() {}
  }

  @Test
  void whatHasNoTypeToStandInForIsAnOpaqueHandle() {
    for (Object there : List.of(new Finished(), new OnlyTwo(), new Object())) {
      Supplier<?> far = sides.lookup((Supplier<Object>) () -> there, Supplier.class);
      Object here = far.get();
      assertThat(Remote.isRemote(here)).isTrue();
      assertThat(here).isSameAs(far.get()).isEqualTo(here);
      assertThat(here.hashCode()).isEqualTo(here.hashCode());
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Finished.class, "it is final"),
        Arguments.of(String.class, "it is final"),
        Arguments.of(Point.class, "it is final"),
        Arguments.of(Thread.State.class, "it is final"),
        Arguments.of(TimeUnit.class, "it is final"),
        Arguments.of(int.class, "it is no class or interface"),
        Arguments.of(void.class, "it is no class or interface"),
        Arguments.of(int[].class, "it is no class or interface"),
        Arguments.of(String[].class, "it is no class or interface"),
        Arguments.of(Sealed.class, "it is sealed"),
        Arguments.of(SealedClass.class, "it is sealed"),
        Arguments.of(OnlyOne.class, "it is final"),
        Arguments.of(Override.class, "it is an annotation"),
        Arguments.of(RuntimeException.class, "its instances are copied"));
  }

  record Point(int x, int y) {}

  @ParameterizedTest
  @MethodSource("refusals")
  void aTypeThatNothingCanStandInForIsRefusedInWords(Class<?> face, String why) {
    String text =
        "Nothing can stand in for " + face.getTypeName() + ": " + why + "; use an interface of it";
    assertThatThrownBy(() -> sides.peer().lookup("name", face))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
  }

  @Test
  void aDeclaredTypeThatNothingCanStandInForFailsTheCallInWords() {
    interface Gives {
      Finished give();
    }
    Gives there = Finished::new;
    assertThatThrownBy(() -> sides.lookup(there, Gives.class).give())
        .hasMessageMatching(
            "Gives\\.give\\(\\) on tcp://.* returned a reference to a"
                + " dev\\.farside\\.rsocket\\.Classes\\$Finished, but the face declares"
                + " dev\\.farside\\.rsocket\\.Classes\\$Finished\\. Nothing can stand in for"
                + " dev\\.farside\\.rsocket\\.Classes\\$Finished: it is final; use an interface of"
                + " it");
  }

  @Test
  void anOpaqueHandleWhereAClassIsDeclaredFailsTheCallInWords() {
    interface GivesFinished {
      Finished get();
    }
    Supplier<Object> there = Object::new;
    assertThatThrownBy(() -> sides.lookup(there, GivesFinished.class).get())
        .hasMessageMatching(
            "GivesFinished\\.get\\(\\) on tcp://.* returned a reference to an object without a"
                + " public type, but the face declares .*: it is final; use an interface of it");
  }

  @Test
  void aNestedPlaceThatNothingCanStandInForFailsTheCallInWords() {
    interface Gives {
      Object give();
    }
    Gives array = () -> new Finished[] {new Finished()};
    assertThatThrownBy(() -> sides.lookup(array, Gives.class).give())
        .hasMessage(
            "Cannot pass result[0]: a reference to a dev.farside.rsocket.Classes$Finished is no"
                + " dev.farside.rsocket.Classes$Finished. Nothing can stand in for"
                + " dev.farside.rsocket.Classes$Finished: it is final; use an interface of it");
    Gives inRecord = () -> new HoldsFinished(new Finished());
    assertThatThrownBy(() -> sides.lookup(inRecord, Gives.class).give())
        .hasMessage(
            "Cannot pass result.finished: a reference to a dev.farside.rsocket.Classes$Finished is"
                + " no dev.farside.rsocket.Classes$Finished. Nothing can stand in for"
                + " dev.farside.rsocket.Classes$Finished: it is final; use an interface of it");
  }

  record HoldsFinished(Finished finished) {}

  @Test
  void aParameterTypeThatNothingCanStandInForFailsTheCallInWords() {
    interface Takes {
      int take(Finished finished);
    }
    Takes there = Finished::value;
    assertThatThrownBy(() -> sides.lookup(there, Takes.class).take(new Finished()))
        .hasMessageMatching(
            "Cannot pass args\\[0\\]: a reference to a"
                + " dev\\.farside\\.rsocket\\.Classes\\$Finished is no"
                + " dev\\.farside\\.rsocket\\.Classes\\$Finished\\."
                + " Nothing can stand in for dev\\.farside\\.rsocket\\.Classes\\$Finished: it is"
                + " final; use an interface of it");
  }

  @Test
  void equalsHashCodeAndToStringAreTheObjectsOwn() {
    var ada = new NamedAccount("Ada");
    var alsoAda = new NamedAccount("Ada");
    Object here = arrived(ada);
    assertThat(here)
        .isEqualTo(arrived(alsoAda))
        .isNotEqualTo(arrived(new NamedAccount("Bob")))
        .hasSameHashCodeAs(ada)
        .hasToString("account of Ada");
    assertThat(here).isNotSameAs(arrived(alsoAda)).isNotEqualTo(null);
    assertThat(here.equals("Ada")).isFalse();
    assertThat(new TreeMap<>(java.util.Map.of((NamedAccount) here, 1)).get(arrived(alsoAda)))
        .isEqualTo(1);
  }

  @Test
  void identityIsAnsweredWithoutACall() {
    Object here = arrived(new Account("Ada", 1));
    Object other = arrived(new Account("Ada", 1));
    long before = sides.peer().stats().requestsSent();
    assertThat(here.equals(here)).isTrue();
    assertThat(here.equals(other)).isFalse();
    assertThat(here.equals(null)).isFalse();
    assertThat(here.hashCode()).isEqualTo(here.hashCode());
    assertThat(here.toString()).matches("Account@tcp://127\\.0\\.0\\.1:\\d+#1");
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
  }

  @Test
  void aLocalObjectEqualsAStandInAsItsOwnClassSays() {
    Object here = arrived(new NamedAccount("Ada"));
    assertThat(new NamedAccount("Ada").equals(here)).isTrue();
    assertThat(here.equals(new NamedAccount("Ada"))).isTrue();
  }

  @Test
  void copyToArrayGivesTheCallersOwnArray() {
    @SuppressWarnings("unchecked")
    List<Object> here = (List<Object>) arrived(new ArrayList<>(List.of("a", "b")));
    String[] large = {"x", "y", "z", "w"};
    assertThat(here.toArray(large)).isSameAs(large).containsExactly("a", "b", null, "w");
    assertThat(here.toArray(new String[0])).isInstanceOf(String[].class).containsExactly("a", "b");
    assertThat(here.toArray(String[]::new)).containsExactly("a", "b");
    assertThat(here.toArray()).containsExactly("a", "b");
  }

  @Test
  void anInputStreamFillsTheCallersBuffer() throws Exception {
    InputStream here =
        sides.lookup(new ByteArrayInputStream(new byte[] {1, 2, 3}), InputStream.class);
    byte[] buffer = new byte[5];
    assertThat(here.read(buffer, 1, 4)).isEqualTo(3);
    assertThat(buffer).containsExactly(0, 1, 2, 3, 0);
    assertThat(here.read(buffer)).isEqualTo(-1);
  }

  /** Takes and gives. */
  interface Keeper {
    String use(Supplier<String> supplier);

    Object keep(Object object);
  }

  /** Asks at once, and keeps nothing. */
  static final class PlainKeeper implements Keeper {
    @Override
    public String use(Supplier<String> supplier) {
      return supplier.get();
    }

    @Override
    public Object keep(Object object) {
      return object;
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void aDynamicProxyAroundAStandInIsPassedAsItself() {
    Keeper keeper = sides.lookup(new PlainKeeper(), Keeper.class);
    Supplier<String> inner = sides.lookup((Supplier<String>) () -> "inner", Supplier.class);
    var asked = new ArrayList<String>();
    Supplier<String> decorated =
        (Supplier<String>)
            Proxy.newProxyInstance(
                inner.getClass().getClassLoader(),
                inner.getClass().getInterfaces(),
                (proxy, method, arguments) -> {
                  asked.add(method.getName());
                  Object given = method.invoke(inner, arguments);
                  return method.getName().equals("get") ? "<" + given + ">" : given;
                });
    assertThat(Remote.isRemote(decorated)).isFalse();
    assertThat(keeper.use(decorated)).isEqualTo("<inner>");
    assertThat(keeper.keep(decorated)).isSameAs(decorated);
    assertThat(asked).containsExactly("get");
  }

  @Test
  void whatWasLookedUpIsEqualToItselfHoweverItArrived() {
    var there = new Account("Ada", 1);
    Account named = sides.lookup(there, Account.class);
    Account alsoNamed = sides.lookup(there, Account.class);
    Account passed = named.deposit(1);
    assertThat(Remote.ref(passed)).isNotSameAs(Remote.ref(named));
    assertThat(named).isEqualTo(passed).isEqualTo(alsoNamed).hasSameHashCodeAs(passed);
    assertThat(passed).isEqualTo(named).isEqualTo(alsoNamed).hasSameHashCodeAs(alsoNamed);
    assertThat(new HashSet<>(List.of(named)).contains(passed)).isTrue();
    Account other = sides.lookup(new Account("Ada", 1), Account.class);
    assertThat(named).isNotEqualTo(other).isNotEqualTo(other.deposit(1));
    assertThat(passed).isNotEqualTo(other);
    assertThat(other.deposit(1)).isNotEqualTo(named);
  }

  @Test
  void whatWasLookedUpIsAskedForOnce() {
    Account named = sides.lookup(new Account("Ada", 1), Account.class);
    int hash = named.hashCode();
    long before = sides.peer().stats().requestsSent();
    assertThat(named.hashCode()).isEqualTo(hash);
    assertThat(named).isNotEqualTo("Ada");
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
  }

  @Test
  void whatHasItsOwnEqualityHasItUnderEachName() {
    var there = new NamedAccount("Ada");
    NamedAccount named = sides.lookup(there, NamedAccount.class);
    Object passed = arrived(new NamedAccount("Ada"));
    assertThat(named).isEqualTo(passed).hasSameHashCodeAs(there);
    assertThat(passed).isEqualTo(named).hasSameHashCodeAs(there);
  }

  @Test
  void aNameThatLeadsNowhereIsEqualToNothingElse() {
    Object passed = arrived(new Account("Ada", 1));
    Account named = sides.peer().lookup("nothing", Account.class);
    assertThat(passed.equals(named)).isFalse();
    assertThat(named.equals(named)).isTrue();
    assertThatThrownBy(named::hashCode).isInstanceOf(NoSuchNameException.class);
  }

  @Test
  void aPublicClassThatItsModuleKeepsToItselfIsRefusedInWords() throws ClassNotFoundException {
    assertThat(StandIns.refusal(Class.forName("sun.net.www.protocol.http.HttpURLConnection")))
        .contains("its package sun.net.www.protocol.http not exported");
  }

  @Test
  void peersCannotHaveClassesMadeWithoutEnd() {
    var standIns =
        new StandIns(new TypeNames(StandInsTest.class.getClassLoader()), new StandInTypes(2));
    RemoteObject target =
        requireNonNull(StandIns.remoteOf(sides.lookup((Runnable) () -> {}, Runnable.class)));
    assertThat(standIns.of(target, List.of("java.lang.Runnable"))).isInstanceOf(Runnable.class);
    assertThat(standIns.of(target, List.of("java.lang.Runnable", "java.util.List")))
        .isInstanceOf(Runnable.class)
        .isInstanceOf(List.class);
    assertThatThrownBy(() -> standIns.of(target, List.of("java.util.List")))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageEndingWith("this one is java.util.List");
    assertThat(standIns.of(target, List.of("no.such.Type", "java.lang.Runnable")))
        .isInstanceOf(Runnable.class);
  }

  @Test
  void aTypeThatAPeerNamesTwiceIsOne() {
    var standIns =
        new StandIns(new TypeNames(StandInsTest.class.getClassLoader()), new StandInTypes(1));
    RemoteObject target =
        requireNonNull(StandIns.remoteOf(sides.lookup((Runnable) () -> {}, Runnable.class)));
    Object standIn = standIns.of(target, List.of("java.lang.Runnable", "java.lang.Runnable"));
    assertThat(StandIns.typesOf(standIn)).containsExactly(Runnable.class);
    assertThat(standIns.of(target, List.of("java.lang.Runnable"))).hasSameClassAs(standIn);
  }
}
