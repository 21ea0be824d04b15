package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotAllowedException;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.RemoteBiFunction;
import dev.farside.RemoteConsumer;
import dev.farside.RemoteFunction;
import dev.farside.RemoteFunction3;
import dev.farside.RemoteFunction4;
import dev.farside.RemoteSupplier;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Constructors and methods of the other side, named by method references. */
@SuppressWarnings({"UnnecessaryLambda", "UnnecessaryMethodReference"})
public class ImportsTest {
  @TempDir Path directory;

  private Path written(String text) throws IOException {
    return Files.writeString(directory.resolve("text"), text);
  }

  /** Has a constructor for each number of arguments. */
  public static class Words {
    final List<Object> words;

    public Words() {
      this(new Object[0]);
    }

    public Words(String one) {
      this(new Object[] {one});
    }

    public Words(String one, int two) {
      this(new Object[] {one, two});
    }

    public Words(String one, int two, long three) {
      this(new Object[] {one, two, three});
    }

    public Words(String one, int two, long three, List<String> four) {
      this(new Object[] {one, two, three, four});
    }

    private Words(Object... words) {
      this.words = new ArrayList<>(Arrays.asList(words));
    }

    /** What they were. */
    public String text() {
      return words.toString();
    }

    /** A change that gives nothing. */
    public void add(Object word) {
      words.add(word);
    }

    /** A change that gives itself. */
    public Words and(Object word) {
      words.add(word);
      return this;
    }

    /** Whether it is the same. */
    public boolean is(Words other) {
      return this == other;
    }

    /** All of these. */
    public static List<Object> list(Object one, Object two, Object three, Object four) {
      return List.of(one, two, three, four);
    }
  }

  @Conformance(here = false)
  void aStreamIsOpenedByTheNameOfItsConstructor(Peer peer) throws Exception {
    RemoteFunction<String, InputStream> open = peer.importFunction(FileInputStream::new);
    try (InputStream in = open.apply(written("hello").toString())) {
      assertThat(in).isInstanceOf(FileInputStream.class);
      assertThat(Remote.isRemote(in)).isTrue();
      assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> open.apply("/no/such/file"))
        .isExactlyInstanceOf(FileNotFoundException.class);
  }

  @Conformance(here = false)
  void overloadsAreChosenByTheTypesOfTheFunction(Peer peer) throws Exception {
    Path file = written("grün");
    RemoteFunction<Path, String> read = peer.importFunction(Files::readString);
    assertThat(read.apply(file)).isEqualTo("grün");
    RemoteBiFunction<Path, Charset, String> decode = peer.importBiFunction(Files::readString);
    assertThat(decode.apply(file, StandardCharsets.UTF_8)).isEqualTo("grün");
    RemoteFunction<Object, String> text = peer.importFunction(String::valueOf);
    assertThat(text.apply(null)).isEqualTo("null");
    RemoteFunction<char[], String> chars = peer.importFunction(String::valueOf);
    assertThat(chars.apply(new char[] {'a', 'b'})).isEqualTo("ab");
    assertThatThrownBy(() -> read.apply(directory.resolve("none")))
        .isExactlyInstanceOf(NoSuchFileException.class);
  }

  @Conformance(here = false)
  void constructorsTakeUpToFourArguments(Peer peer) throws Exception {
    RemoteSupplier<Words> none = peer.importSupplier(Words::new);
    RemoteFunction<String, Words> one = peer.importFunction(Words::new);
    RemoteBiFunction<String, Integer, Words> two = peer.importBiFunction(Words::new);
    RemoteFunction3<String, Integer, Long, Words> three = peer.importFunction3(Words::new);
    RemoteFunction4<String, Integer, Long, List<String>, Words> four =
        peer.importFunction4(Words::new);
    assertThat(none.get().text()).isEqualTo("[]");
    assertThat(one.apply("a").text()).isEqualTo("[a]");
    assertThat(two.apply("a", 2).text()).isEqualTo("[a, 2]");
    assertThat(three.apply("a", 2, 3L).text()).isEqualTo("[a, 2, 3]");
    assertThat(four.apply("a", 2, 3L, new ArrayList<>(List.of("b"))).text())
        .isEqualTo("[a, 2, 3, [b]]");
  }

  @Conformance(here = false)
  void staticMethodsTakeUpToFourArguments(Peer peer) throws Exception {
    RemoteSupplier<List<Integer>> none = peer.importSupplier(List::of);
    RemoteFunction<Integer, List<Integer>> one = peer.importFunction(List::of);
    RemoteBiFunction<Integer, Integer, List<Integer>> two = peer.importBiFunction(List::of);
    RemoteFunction3<Integer, Integer, Integer, List<Integer>> three =
        peer.importFunction3(List::of);
    RemoteFunction4<Integer, Object, String, Integer, List<Object>> four =
        peer.importFunction4(Words::list);
    assertThat(none.get()).isEmpty();
    assertThat(one.apply(1)).isEqualTo(List.of(1));
    assertThat(two.apply(1, 2)).isEqualTo(List.of(1, 2));
    assertThat(three.apply(1, 2, 3)).isEqualTo(List.of(1, 2, 3));
    assertThat(four.apply(1, 'c', "s", 4)).isEqualTo(List.of(1, 'c', "s", 4));
  }

  @Conformance(here = false)
  void whatGivesNothingIsImportedAsAnAction(Peer peer) throws Exception {
    Path file = written("x");
    RemoteConsumer<Path> delete = peer.importConsumer(Files::delete);
    delete.accept(file);
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> delete.accept(file)).isExactlyInstanceOf(NoSuchFileException.class);
    peer.importRunnable(Counted::count).run();
    peer.importBiConsumer(Counted::add).accept(2, 3L);
    RemoteSupplier<Long> counted = peer.importSupplier(Counted::counted);
    assertThat(counted.get()).isEqualTo(6);
    peer.importRunnable(Counted::reset).run();
  }

  /** Has static state. */
  public static final class Counted {
    private static long count;

    private Counted() {}

    public static void count() {
      count++;
    }

    public static void add(int some, long more) {
      count += some + more;
    }

    public static long counted() {
      return count;
    }

    public static void reset() {
      count = 0;
    }
  }

  @Conformance(here = false)
  void aMethodOfAClassIsCalledOnItsFirstArgument(Peer peer, Words words) throws Exception {
    RemoteFunction<Words, String> text = peer.importFunction(Words::text);
    assertThat(text.apply(words)).isEqualTo("[]");
    RemoteBiFunction<Words, Object, Words> and = peer.importBiFunction(Words::and);
    assertThat(and.apply(words, "a")).isSameAs(words);
    peer.<Words, Object>importBiConsumer(Words::add).accept(words, "b");
    assertThat(text.apply(words)).isEqualTo("[a, b]");
    assertThat(peer.<Words, Words, Boolean>importBiFunction(Words::is).apply(words, words))
        .isTrue();
    assertThatThrownBy(() -> text.apply(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("Words.text on null".replace("Words", "ImportsTest.Words"));
  }

  @Conformance(here = false)
  void aMethodOfAnObjectIsCalledOnThatObject(Peer peer, Words words) throws Exception {
    RemoteFunction<Object, Words> and = peer.importFunction(words::and);
    RemoteSupplier<String> text = peer.importSupplier(words::text);
    assertThat(and.apply("a")).isSameAs(words);
    assertThat(text.get()).isEqualTo("[a]");
  }

  @Conformance(here = false)
  void aBuilderOfTheOtherSideIsAppendedTo(Peer peer) throws Exception {
    RemoteBiFunction<StringBuilder, String, StringBuilder> append =
        peer.importBiFunction(StringBuilder::append);
    assertThatThrownBy(() -> append.apply(new StringBuilder("a"), "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "StringBuilder.append is imported from "
                + peer
                + ", so it is called on a proxy of an object there, or on a value that is copied"
                + " there; a java.lang.StringBuilder is neither: call it directly");
  }

  @Conformance(here = false)
  void aMethodOfAValueIsCalledOnItsCopyThere(Peer peer) throws Exception {
    RemoteFunction<File, Boolean> exists = peer.importFunction(File::exists);
    assertThat(exists.apply(written("x").toFile())).isTrue();
    assertThat(exists.apply(new File("/no/such/file"))).isFalse();
    RemoteBiFunction<String, String, String> concat = peer.importBiFunction(String::concat);
    assertThat(concat.apply("a", "b")).isEqualTo("ab");
    RemoteFunction<String, Integer> indexOf = peer.importFunction("abc"::indexOf);
    assertThat(indexOf.apply("c")).isEqualTo(2);
    RemoteFunction<Path, Path> real = peer.importFunction(Path::getFileName);
    assertThat(real.apply(Path.of("/a/b"))).isEqualTo(Path.of("b"));
    RemoteFunction<Long, Integer> ofLong = peer.importFunction(Long::intValue);
    assertThatThrownBy(() -> ofLong.apply(1L))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageContaining("allowImport(Long.class)");
  }

  @Conformance(here = false)
  void anObjectThatStaysHereIsRefused(Peer peer) {
    var own = new Words();
    RemoteFunction<Words, String> text = peer.importFunction(Words::text);
    String refusal =
        "ImportsTest.Words.text is imported from "
            + peer
            + ", so it is called on a proxy of an object there, or on a value that is copied there;"
            + " a dev.farside.conformance.ImportsTest$Words is neither: call it directly";
    assertThatThrownBy(() -> text.apply(own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
    assertThatThrownBy(() -> peer.importSupplier(own::text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
  }

  @Conformance(here = false)
  void whatHasNoNameCannotBeImported(Peer peer) {
    String text = " needs a method reference, such as FileInputStream::new; a lambda's code cannot";
    assertThatThrownBy(() -> peer.importSupplier(() -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("importSupplier" + text);
    assertThatThrownBy(() -> peer.importBiFunction((String a, String b) -> a + b))
        .hasMessageStartingWith("importBiFunction" + text);
    assertThatThrownBy(() -> peer.<Integer, String[]>importFunction(String[]::new))
        .hasMessageStartingWith("importFunction" + text);
    assertThatThrownBy(() -> peer.<String, List<String>>importFunction(Arrays::asList))
        .hasMessageStartingWith("importFunction" + text);
    assertThatThrownBy(() -> peer.importSupplier(null)).isInstanceOf(NullPointerException.class);
  }

  @Conformance(here = false)
  void aWholePackageIsAllowed(Peer peer) throws Exception {
    CRC32 sum = peer.create(CRC32.class);
    sum.update("a".getBytes(StandardCharsets.UTF_8));
    assertThat(sum.getValue()).isEqualTo(0xe8b7be43L);
    RemoteSupplier<CRC32> make = peer.importSupplier(CRC32::new);
    assertThat(make.get().getValue()).isZero();
  }

  @Conformance(here = false)
  void whatIsNotAllowedSaysWhatToAllow(Peer peer) {
    RemoteSupplier<Runtime> runtime = peer.importSupplier(Runtime::getRuntime);
    assertThatThrownBy(runtime::get)
        .isInstanceOf(NotAllowedException.class)
        .hasMessageEndingWith(
            "java.lang.Runtime may not be imported from here: the owner must name it in"
                + " Farside.builder().allowImport(Runtime.class)");
    assertThatThrownBy(() -> peer.create(java.util.HashMap.class))
        .isInstanceOf(NotAllowedException.class);
    RemoteFunction<String, Class<?>> load = peer.importFunction(Class::forName);
    assertThatThrownBy(() -> load.apply("a")).isInstanceOf(NotAllowedException.class);
  }

  /** What is reactive of {@link Reactive}'s own and of others. */
  public static final class Reactive {
    private Reactive() {}

    public static Mono<String> later(String text) {
      return Mono.just(text + "!");
    }

    public static Flux<Integer> upTo(int end) {
      return Flux.range(1, end);
    }

    public static CompletableFuture<Integer> future(int value) {
      return CompletableFuture.completedFuture(value);
    }

    public static Stream<Integer> stream(int end) {
      return Stream.iterate(1, i -> i + 1).limit(end);
    }

    public static String now(String text) {
      return text + ".";
    }
  }

  /** The same, differently. */
  public interface ReactiveFace {
    Mono<String> later(String text);

    Flux<Integer> upTo(int end);

    CompletableFuture<Integer> future(int value);

    Stream<Integer> stream(int end);

    Mono<String> now(String text);

    default int sumUpTo(int end) {
      return stream(end).mapToInt(i -> i).sum();
    }
  }

  @Conformance(here = false)
  void whatComesLaterComesLater(Peer peer) throws Exception {
    RemoteFunction<String, Mono<String>> later = peer.importFunction(Reactive::later);
    StepVerifier.create(later.apply("a")).expectNext("a!").verifyComplete();
    RemoteFunction<Integer, Flux<Integer>> upTo = peer.importFunction(Reactive::upTo);
    StepVerifier.create(upTo.apply(1_000_000).take(3)).expectNext(1, 2, 3).verifyComplete();
    RemoteFunction<Integer, CompletableFuture<Integer>> future =
        peer.importFunction(Reactive::future);
    assertThat(future.apply(7).get()).isEqualTo(7);
    RemoteFunction<Integer, Stream<Integer>> stream = peer.importFunction(Reactive::stream);
    try (Stream<Integer> numbers = stream.apply(1000)) {
      assertThat(numbers.mapToInt(i -> i).sum()).isEqualTo(500_500);
    }
  }

  @Conformance(here = false)
  void aFaceOfStaticMethodsAdaptsTheirResults(Peer peer) throws Exception {
    ReactiveFace face = peer.importStatic(Reactive.class, ReactiveFace.class);
    StepVerifier.create(face.later("a")).expectNext("a!").verifyComplete();
    StepVerifier.create(face.now("a")).expectNext("a.").verifyComplete();
    StepVerifier.create(face.upTo(3)).expectNext(1, 2, 3).verifyComplete();
    assertThat(face.future(7).get()).isEqualTo(7);
    try (Stream<Integer> numbers = face.stream(3)) {
      assertThat(numbers).containsExactly(1, 2, 3);
    }
  }

  @Conformance(here = false)
  void aFaceOfStaticMethodsMayHaveMethodsOfItsOwn(Peer peer) {
    ReactiveFace face = peer.importStatic(Reactive.class, ReactiveFace.class);
    assertThat(face.sumUpTo(3)).isEqualTo(6);
    assertThat(face.sumUpTo(4)).isEqualTo(10);
  }

  /** Files as a face sees them. */
  public interface FilesFace {
    boolean exists(Path path, java.nio.file.LinkOption... options);

    String readString(Path path) throws IOException;

    Mono<String> readString(Path path, Charset charset);

    Stream<String> lines(Path path) throws IOException;

    Path writeString(Path path, CharSequence text, java.nio.file.OpenOption... options)
        throws IOException;
  }

  @Conformance(here = false)
  void theFilesOfTheOtherSideAreUsedThroughAFace(Peer peer) throws IOException {
    FilesFace files = peer.importStatic(Files.class, FilesFace.class);
    Path file = written("a\nb\n");
    assertThat(files.exists(file)).isTrue();
    assertThat(files.readString(file)).isEqualTo("a\nb\n");
    StepVerifier.create(files.readString(file, StandardCharsets.UTF_8))
        .expectNext("a\nb\n")
        .verifyComplete();
    try (Stream<String> lines = files.lines(file)) {
      assertThat(lines).containsExactly("a", "b");
    }
    assertThat(files.writeString(file, "c", java.nio.file.StandardOpenOption.APPEND))
        .isEqualTo(file);
    assertThat(files.readString(file)).isEqualTo("a\nb\nc");
    assertThatThrownBy(() -> files.readString(directory.resolve("none")))
        .isExactlyInstanceOf(NoSuchFileException.class);
  }

  @Conformance(here = false)
  void arraysThatAnImportedFunctionChangesAreRestored(Peer peer) throws Exception {
    RemoteConsumer<int[]> fill = peer.importConsumer(Filler::fill);
    int[] numbers = {1, 2};
    fill.accept(numbers);
    assertThat(numbers).containsExactly(7, 2);
  }

  /** Changes arrays. */
  public static final class Filler {
    private Filler() {}

    public static void fill(int[] numbers) {
      numbers[0] = 7;
    }
  }

  @Conformance(here = false)
  void anInterruptReachesAnImportedMethodThatDeclaresIt(Peer peer) throws Exception {
    RemoteConsumer<Long> sleep = peer.importConsumer(Thread::sleep);
    var caught = new CompletableFuture<Throwable>();
    var sleeper =
        new Thread(
            () -> {
              try {
                sleep.accept(60_000L);
              } catch (Throwable e) {
                caught.complete(e);
              }
            });
    sleeper.start();
    sleeper.interrupt();
    assertThat(caught.get()).isExactlyInstanceOf(InterruptedException.class);
  }
}
