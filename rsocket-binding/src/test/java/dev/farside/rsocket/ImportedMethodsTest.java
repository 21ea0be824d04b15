package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotAllowedException;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.RemoteFunction;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.Classes.NamedAccount;
import dev.farside.rsocket.Classes.Shape;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Constructors and static methods of the peer. */
class ImportedMethodsTest {
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
            "dev.farside.rsocket.ImportedMethodsTest$Finished2 may not be imported from here: the owner must"
                + " name it in Farside.builder().allowImport(ImportedMethodsTest.Finished2.class)");
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
                + ": class dev.farside.rsocket.ImportedMethodsTest$Library has no public method of this"
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
            "new ImportedMethodsTest.Picky on "
                + sides.peer()
                + ": class dev.farside.rsocket.ImportedMethodsTest$Picky has no public method <init>(); it"
                + " has none");
    RemoteFunction<String, Picky> make = sides.peer().importFunction(Picky::new);
    assertThatThrownBy(() -> make.apply("a"))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith(
            "new ImportedMethodsTest.Picky(String) on " + sides.peer() + ": class ");
    assertThatThrownBy(() -> sides.peer().create(Shape.class, 4))
        .isInstanceOf(NoSuchRemoteMethodException.class);
  }

  @Test
  void nothingIsConstructedThereThatCannotBeUsedHere() throws Exception {
    long before = sides.peer().stats().requestsSent();
    assertThatThrownBy(() -> sides.peer().create(Sealing.class, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "new ImportedMethodsTest.Sealing on "
                + sides.peer()
                + " would give what cannot be used here. Nothing can stand in for"
                + " dev.farside.rsocket.ImportedMethodsTest$Sealing: it is final; use an interface of it,"
                + " with importFunction(ImportedMethodsTest.Sealing::new)");
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
}
