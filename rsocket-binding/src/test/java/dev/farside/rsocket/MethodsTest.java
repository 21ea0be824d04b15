package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotPassableException;
import dev.farside.Remote;
import dev.farside.rsocket.Classes.Doubler;
import dev.farside.rsocket.Classes.FullLog;
import dev.farside.rsocket.Classes.Polite;
import dev.farside.rsocket.Classes.Transformer;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which method of the object a call reaches, by every kind of method that Java has. */
class MethodsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  interface Overloaded {
    String of(int value);

    String of(long value);

    String of(Integer value);

    String of(Object value);

    String of(String value);

    String of(int... values);

    String of(List<String> values);

    String of(Collection<String> values);

    String of();
  }

  static class PlainOverloaded implements Overloaded {
    @Override
    public String of(int value) {
      return "int";
    }

    @Override
    public String of(long value) {
      return "long";
    }

    @Override
    public String of(Integer value) {
      return "Integer";
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
    public String of(int... values) {
      return "int..." + values.length;
    }

    @Override
    public String of(List<String> values) {
      return "List";
    }

    @Override
    public String of(Collection<String> values) {
      return "Collection";
    }

    @Override
    public String of() {
      return "nothing";
    }
  }

  static Stream<Arguments> overloads() {
    return Stream.of(
        overload("of(1)", o -> o.of(1)),
        overload("of(1L)", o -> o.of(1L)),
        overload("of(box)", o -> o.of(Integer.valueOf(1))),
        overload("of(char)", o -> o.of('a')),
        overload("of(text)", o -> o.of("a")),
        overload("of(object)", o -> o.of(1.5)),
        overload("of(null Integer)", o -> o.of((Integer) null)),
        overload("of(null String)", o -> o.of((String) null)),
        overload("of(1, 2)", o -> o.of(1, 2)),
        overload("of(array)", o -> o.of(new int[] {1})),
        overload("of(list)", o -> o.of(List.of("a"))),
        overload("of(collection)", o -> o.of((Collection<String>) List.of("a"))),
        overload("of()", Overloaded::of));
  }

  private static Arguments overload(String name, Function<Overloaded, String> call) {
    return Arguments.of(name, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("overloads")
  void theCompiledOverloadIsCalled(String name, Function<Overloaded, String> call) {
    var there = new PlainOverloaded();
    assertThat(call.apply(sides.lookup(there, Overloaded.class)))
        .as(name)
        .isEqualTo(call.apply(there));
  }

  interface Varargs {
    String join(String separator, Object... parts);
  }

  @Test
  void variableArityTakesNoneOneManyAnArrayAndNulls() {
    Varargs there = (separator, parts) -> parts.length + Arrays.toString(parts);
    Varargs here = sides.lookup(there, Varargs.class);
    assertThat(here.join(",")).isEqualTo("0[]");
    assertThat(here.join(",", "a")).isEqualTo("1[a]");
    assertThat(here.join(",", "a", 1, null)).isEqualTo("3[a, 1, null]");
    assertThat(here.join(",", (Object[]) new String[] {"a", "b"})).isEqualTo("2[a, b]");
    assertThat(here.join(",", (Object) null)).isEqualTo("1[null]");
  }

  @Test
  void bridgesOfGenericsAreCallableByBothSignatures() {
    var there = new Doubler();
    @SuppressWarnings("unchecked")
    Transformer<Integer, Integer> generic = sides.lookup(there, Transformer.class);
    assertThat(generic.transform(4)).isEqualTo(8);
    assertThat(sides.lookup(there, Doubler.class).transform(4)).isEqualTo(8);
  }

  @Test
  void aWrongTypeThroughGenericsFailsAsItDoesLocally() {
    @SuppressWarnings("unchecked")
    Transformer<Object, Object> here = sides.lookup(new Doubler(), Transformer.class);
    assertThatThrownBy(() -> here.transform("text")).isInstanceOf(ClassCastException.class);
  }

  interface Copying extends Cloneable {
    Object copy();
  }

  interface CopyingText extends Copying {
    @Override
    String copy();
  }

  static class Text implements CopyingText {
    @Override
    public String copy() {
      return "copy";
    }
  }

  @Test
  void covariantResultsAreCallableByBothTypes() {
    var there = new Text();
    assertThat(sides.lookup(there, Copying.class).copy()).isEqualTo("copy");
    assertThat(sides.lookup(there, CopyingText.class).copy()).isEqualTo("copy");
  }

  interface Greeter {
    String name();

    default String greet() {
      return "Hello " + name();
    }

    default String twice() {
      return greet() + " " + greet();
    }

    static String nobody() {
      return "nobody";
    }

    private String secret() {
      return "secret";
    }

    default String tell() {
      return secret();
    }
  }

  @Test
  void defaultMethodsRunAtTheOwner() {
    Greeter there =
        new Greeter() {
          @Override
          public String name() {
            return "Ada on " + Thread.currentThread().getName().replaceAll("-[0-9]+", "");
          }

          @Override
          public String greet() {
            return "Bye " + name();
          }
        };
    Greeter here = sides.lookup(there, Greeter.class);
    assertThat(here.greet()).isEqualTo("Bye Ada on farside-worker");
    assertThat(here.twice()).isEqualTo("Bye Ada on farside-worker Bye Ada on farside-worker");
    assertThat(here.tell()).isEqualTo("secret");
  }

  /** More than it can do. */
  interface PoliteFace extends Greeter, Supplier<String> {
    @Override
    default String get() {
      return twice();
    }

    default String join(String... others) throws IOException {
      if (others.length == 0) {
        throw new IOException("nobody");
      }
      return name() + " and " + String.join(" and ", others);
    }

    default String refuse() {
      return "by default";
    }

    default Mono<String> soon() {
      return Mono.fromCallable(() -> "soon").map(String::toUpperCase);
    }

    default Flux<Integer> many() {
      return Flux.range(0, 3);
    }

    default CompletableFuture<String> later() {
      return CompletableFuture.completedFuture(greet());
    }

    default CompletableFuture<String> failing() {
      throw new IllegalStateException("failing");
    }

    default CompletableFuture<String> never() {
      return NEVER;
    }

    default Stream<String> all() {
      return Stream.of(name(), greet());
    }
  }

  private static final CompletableFuture<String> NEVER = new CompletableFuture<>();

  @Test
  void aDefaultMethodThatTheOwnerDoesNotHaveRunsHere() throws Exception {
    PoliteFace here = sides.lookup(new Polite("Ada"), PoliteFace.class);
    assertThat(here.get()).isEqualTo("My pleasure, Ada My pleasure, Ada");
    assertThat(here.tell()).isEqualTo("secret");
    assertThat(here.join("Bob", "Eve")).isEqualTo("Ada and Bob and Eve");
    assertThatThrownBy(here::join).isExactlyInstanceOf(IOException.class).hasMessage("nobody");
    assertThat(here.all()).containsExactly("Ada", "My pleasure, Ada");
  }

  @Test
  void aDefaultMethodThatTheOwnerDoesNotHaveGivesLaterWhatItGives() throws Exception {
    PoliteFace here = sides.lookup(new Polite("Ada"), PoliteFace.class);
    for (int i = 0; i < 2; i++) {
      assertThat(here.soon().block()).isEqualTo("SOON");
      assertThat(here.many().collectList().block()).containsExactly(0, 1, 2);
      assertThat(here.later().get()).isEqualTo("My pleasure, Ada");
    }
    assertThatThrownBy(() -> here.failing().get())
        .isExactlyInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("failing");
  }

  @Test
  void aFutureOfADefaultMethodIsCancelledHere() {
    PoliteFace here = sides.lookup(new Polite("Ada"), PoliteFace.class);
    CompletableFuture<String> future = here.never();
    await().until(() -> sides.peer().stats().pendingCalls() == 0); // so it has come to the default
    assertThat(future.cancel(true)).isTrue();
    await().until(NEVER::isCancelled);
  }

  @Test
  void whatTheOwnerThrowsIsNoMissingMethod() {
    PoliteFace here = sides.lookup(new Polite("Ada"), PoliteFace.class);
    assertThatThrownBy(here::refuse)
        .isExactlyInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage("refused");
    Greeter missing = sides.lookup(new Object(), Greeter.class);
    assertThatThrownBy(missing::greet)
        .isExactlyInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("Greeter.name() on ");
  }

  @Test
  void whetherTheOwnerHasADefaultMethodIsAskedOnce() {
    Supplier<Object> giving = () -> new Polite("Ada");
    Object given = sides.lookup(giving, Supplier.class).get();
    Greeter here = Remote.as(given, Greeter.class);
    assertThat(here.tell()).isEqualTo("secret");
    long before = sides.peer().stats().requestsSent();
    assertThat(here.tell()).isEqualTo("secret");
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
    assertThat(sides.lookup(new Telling(), Greeter.class).tell()).isEqualTo("everything");
  }

  /** Has a default method of its own. */
  private static final class Telling implements Greeter {
    @Override
    public String name() {
      return "Eve";
    }

    @Override
    public String tell() {
      return "everything";
    }
  }

  @Test
  void whatIsBoundAnewHasItsOwnDefaultMethod() {
    sides.far().bind("greeter", new Polite("Ada"));
    Greeter here = sides.peer().lookup("greeter", Greeter.class);
    assertThat(here.tell()).isEqualTo("secret");
    sides.far().bind("greeter", new Telling());
    assertThat(here.tell()).isEqualTo("everything");
    assertThat(sides.peer().lookup("greeter", Greeter.class).tell()).isEqualTo("everything");
    sides.far().bind("greeter", new Polite("Ada"));
    assertThat(here.tell()).isEqualTo("secret");
  }

  @Test
  void aDefaultMethodThatTheOwnerOverridesStaysAtomic() {
    ConcurrentMap<String, Integer> there = new ConcurrentHashMap<>();
    @SuppressWarnings("unchecked")
    ConcurrentMap<String, Integer> here = sides.lookup(there, ConcurrentMap.class);
    IntStream.range(0, 200).parallel().forEach(i -> here.merge("n", 1, Integer::sum));
    assertThat(there).isEqualTo(Map.of("n", 200));
  }

  @Test
  void staticAndPrivateMethodsOfAnInterfaceAreNotCallable() {
    Greeter here = sides.lookup((Greeter) () -> "Ada", Greeter.class);
    for (String name : List.of("nobody", "secret")) {
      assertThatThrownBy(() -> Remote.ref(here).call(name).block())
          .isInstanceOf(NoSuchRemoteMethodException.class)
          .hasMessageContaining(
              " has no public method " + name + "() in a public type; it has equals(");
    }
  }

  interface Left {
    default String side() {
      return "left";
    }

    String both();
  }

  interface Right {
    default String side() {
      return "right";
    }

    String both();
  }

  interface Diamond extends Left, Right {
    @Override
    default String side() {
      return Left.super.side() + Right.super.side();
    }
  }

  @Test
  void diamondsResolveAsTheyDoLocally() {
    Diamond there = () -> "both";
    assertThat(sides.lookup(there, Diamond.class).side()).isEqualTo("leftright");
    assertThat(sides.lookup(there, Left.class).side()).isEqualTo("leftright");
    assertThat(sides.lookup(there, Right.class).both()).isEqualTo("both");
  }

  interface Wide {
    String all(
        boolean a,
        byte b,
        short c,
        char d,
        int e,
        long f,
        float g,
        double h,
        Object i,
        int[] j,
        String k,
        long l,
        double m,
        Boolean n,
        Byte o,
        Short p,
        Character q,
        Float r);
  }

  @Test
  void everyPrimitiveArrivesInManyParameters() {
    Wide there =
        (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r) ->
            Arrays.asList(a, b, c, d, e, f, g, h, i, j.length, k, l, m, n, o, p, q, r).toString();
    Wide here = sides.lookup(there, Wide.class);
    assertThat(all(here)).isEqualTo(all(there));
  }

  private static String all(Wide wide) {
    return wide.all(
        true,
        Byte.MIN_VALUE,
        Short.MAX_VALUE,
        '\uffff',
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        Float.NaN,
        -0.0,
        null,
        new int[2],
        "\ud800",
        Long.MAX_VALUE,
        Double.MIN_VALUE,
        null,
        (byte) 1,
        (short) 2,
        'x',
        1.5f);
  }

  interface Nulls {
    Object echo(Object first, String second, int[] third, List<?> fourth);
  }

  @Test
  void nullIsAnArgumentAResultAndAnElement() {
    Nulls there = (a, b, c, d) -> a == null && b == null && c == null && d == null ? null : d;
    Nulls here = sides.lookup(there, Nulls.class);
    assertThat(here.echo(null, null, null, null)).isNull();
    assertThat(here.echo(1, null, null, Arrays.asList(null, 1, null)))
        .isEqualTo(Arrays.asList(null, 1, null));
  }

  interface Elements {
    Stream<String> stream();
  }

  interface ReactiveElements {
    Flux<String> stream();
  }

  @Test
  void nullElementsArriveInStreamsAndFailPublishers() {
    Elements there = () -> Stream.of("a", null, "b");
    assertThat(sides.lookup(there, Elements.class).stream()).containsExactly("a", null, "b");
    assertThatThrownBy(() -> sides.lookup(there, ReactiveElements.class).stream().blockLast())
        .isInstanceOf(NullPointerException.class)
        .hasMessage(
            "ReactiveElements.stream() on "
                + sides.peer()
                + " gave a null element, which a publisher cannot hold");
  }

  interface Throwing {
    void run();

    void declared() throws IOException;
  }

  @Test
  void undeclaredCheckedExceptionsArriveUnwrapped() {
    var there =
        new Throwing() {
          @Override
          public void run() {
            throw MethodsTest.<RuntimeException>sneaky(new IOException("undeclared"));
          }

          @Override
          public void declared() throws IOException {
            throw new IOException("declared");
          }
        };
    Throwing here = sides.lookup(there, Throwing.class);
    assertThatThrownBy(here::run).isExactlyInstanceOf(IOException.class).hasMessage("undeclared");
    assertThatThrownBy(here::declared).isExactlyInstanceOf(IOException.class);
    assertThatThrownBy(sides.lookup((Supplier<?>) () -> sneak("no"), Supplier.class)::get)
        .isExactlyInstanceOf(InterruptedException.class)
        .hasMessage("no");
  }

  private static Object sneak(String message) {
    throw MethodsTest.<RuntimeException>sneaky(new InterruptedException(message));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  interface Factory {
    Greeter greeter(String name);
  }

  interface ReactiveFactory {
    Mono<ReactiveGreeter> greeter(String name);
  }

  interface OtherFactory {
    OtherGreeter greeter(String name);
  }

  interface OtherGreeter {
    String greet();
  }

  interface ReactiveGreeter {
    Mono<String> greet();
  }

  @Test
  void aResultTakesTheFaceThatTheCallerDeclares() {
    Factory there = name -> () -> name;
    assertThat(sides.lookup(there, OtherFactory.class).greeter("Ada").greet())
        .isEqualTo("Hello Ada");
    assertThat(
            sides
                .lookup(there, ReactiveFactory.class)
                .greeter("Bob")
                .flatMap(ReactiveGreeter::greet)
                .block())
        .isEqualTo("Hello Bob");
  }

  interface ToShort {
    short give();
  }

  interface ToDouble {
    double give();
  }

  interface ToByte {
    byte give();
  }

  interface ToText {
    String give();
  }

  @Test
  void resultsWidenButNeverNarrow() {
    ToShort there = () -> 7;
    assertThat(sides.lookup(there, ToDouble.class).give()).isEqualTo(7.0);
    assertThatThrownBy(() -> sides.lookup(there, ToByte.class).give())
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "ToByte.give() on "
                + sides.peer()
                + " returned a java.lang.Short, but the face declares byte");
    assertThatThrownBy(() -> sides.lookup(there, ToText.class).give())
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "ToText.give() on "
                + sides.peer()
                + " returned a java.lang.Short, but the face declares java.lang.String");
  }

  interface Misfit {
    String greet(int times);
  }

  @Test
  void aMissingMethodIsToldWithBothSignatures() {
    Misfit here = sides.lookup(new Text(), Misfit.class);
    assertThatThrownBy(() -> here.greet(2))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            "Misfit.greet(int) on "
                + sides.peer()
                + ": dev.farside.rsocket.MethodsTest$Text has no public method of this signature in"
                + " a public type; it has copy(), equals(java.lang.Object), hashCode(),"
                + " toString()");
  }

  @Test
  void aMethodStaysOneWayWhereAClassImplementsIt() {
    Supplier<?> there = FullLog::new;
    FullLog here = (FullLog) sides.lookup(there, Supplier.class).get();
    here.write("nobody learns that it is full");
  }

  @Test
  void aLambdaOfAnyFunctionalInterfaceIsCallable() throws Exception {
    Callable<String> there = () -> "called";
    assertThat(sides.lookup(there, Callable.class).call()).isEqualTo("called");
  }
}
