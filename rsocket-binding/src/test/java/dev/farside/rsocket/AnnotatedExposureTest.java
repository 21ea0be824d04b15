package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Exposure;
import dev.farside.Farside;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotAllowedException;
import dev.farside.Remotable;
import dev.farside.Remote;
import dev.farside.RemoteRef;
import dev.farside.RemoteSupplier;
import dev.farside.codec.Header;
import dev.farside.codec.Message;
import dev.farside.codec.Target;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A side that exposes what is marked, and nothing else. */
@Timeout(60)
public class AnnotatedExposureTest {
  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP)
          .far(builder -> builder.exposure(Exposure.ANNOTATED).allowImport(Marked.class));

  /** What all may call. */
  @Remotable
  public interface Greeting {
    String greet(String name);

    Object give(String what);

    boolean take(Object object);

    String ask(Supplier<String> callback);
  }

  /** What nobody may call. */
  public interface Administration {
    String secret();
  }

  /** Both. */
  public static class Desk implements Greeting, Administration {
    public final String key = "key";
    private final Object plain = new Desk2();
    private final List<String> list = new ArrayList<>(List.of("a"));

    @Override
    public String greet(String name) {
      return "Hello " + name;
    }

    @Override
    public Object give(String what) {
      return switch (what) {
        case "self" -> this;
        case "plain" -> plain;
        case "list" -> list;
        case "flux" -> Flux.just(1, 2);
        case "iterable" -> new Numbers();
        case "iterator" -> new Numbers().iterator();
        case "marked iterable" -> new MarkedNumbers();
        case "future" -> CompletableFuture.completedFuture(3);
        case "record" -> new Pair(1, "a");
        case "lambda" -> (Supplier<String>) () -> "called";
        default -> throw new IllegalArgumentException(what);
      };
    }

    @Override
    public boolean take(Object object) {
      return object == plain || object == list;
    }

    @Override
    public String ask(Supplier<String> callback) {
      return callback.get();
    }

    @Override
    public String secret() {
      return "secret";
    }

    public String own() {
      return "own";
    }
  }

  /** Not marked at all. */
  public static class Desk2 implements Administration {
    @Override
    public String secret() {
      return "secret";
    }
  }

  /** What nobody may ask for its elements. */
  static class Numbers implements Iterable<Integer> {
    @Override
    public Iterator<Integer> iterator() {
      return List.of(1, 2).iterator();
    }
  }

  /** What all may ask for its elements. */
  @Remotable
  public static class MarkedNumbers implements Iterable<Integer> {
    @Override
    public Iterator<Integer> iterator() {
      return List.of(1, 2).iterator();
    }
  }

  /** Another face of what all may call. */
  interface Elements {
    Flux<Object> give(String what);
  }

  @Test
  void theElementsOfWhatIsNotMarkedCannotBeAskedFor() {
    Elements elements = sides.lookup(new Desk(), Elements.class);
    for (String what : List.of("iterable", "iterator")) {
      assertThatThrownBy(() -> elements.give(what).blockLast())
          .isInstanceOf(NotAllowedException.class)
          .hasMessageContaining(" cannot be asked for here: no type of it that is marked");
    }
    for (String what : List.of("marked iterable", "flux")) {
      assertThat(elements.give(what).collectList().block()).containsExactly(1, 2);
    }
    assertThat(elements.give("list").collectList().block()).containsExactly("a");
  }

  /** A value. */
  public record Pair(int number, String text) {}

  /** Marked itself; its supertype is not. */
  @Remotable
  public static class Marked extends Desk2 {
    public final int number = 7;

    public Marked() {}

    public String marked() {
      return "marked";
    }
  }

  /** A subclass of what is marked. */
  public static class More extends Marked {
    public String more() {
      return "more";
    }

    @Override
    public String marked() {
      return "marked more";
    }
  }

  @Test
  void theMethodsOfAMarkedInterfaceCanBeCalled() {
    Greeting greeting = sides.lookup(new Desk(), Greeting.class);
    assertThat(greeting.greet("Ada")).isEqualTo("Hello Ada");
    Object self = greeting.give("self");
    assertThat(self).isInstanceOf(Greeting.class).isNotInstanceOf(Administration.class);
    assertThat(Remote.ref(self).typeNames()).containsExactly(Greeting.class.getName());
    assertThat(greeting.ask(() -> "back")).isEqualTo("back");
  }

  @Test
  void whatIsNotDeclaredInAMarkedTypeIsRefused() {
    var desk = new Desk();
    String none = " in a type that is marked @Remotable; it has ";
    assertThatThrownBy(() -> sides.lookup(desk, Administration.class).secret())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageContaining(
            "Desk has no public method of this signature"
                + none
                + "ask(java.util.function.Supplier), equals(java.lang.Object)")
        .hasMessageNotContaining("secret()  ");
    RemoteRef ref = Remote.ref(sides.lookup(desk, Greeting.class));
    for (String name : List.of("secret", "own")) {
      assertThatThrownBy(() -> ref.call(name).block())
          .isInstanceOf(NoSuchRemoteMethodException.class)
          .hasMessageContaining(" has no public method " + name + "()" + none + "ask(");
    }
    assertThatThrownBy(() -> ref.call("getClass").block()).isInstanceOf(NotAllowedException.class);
    assertThat(ref.call("greet", "Ada").block()).isEqualTo("Hello Ada");
  }

  @Test
  void aMarkExtendsNeitherToSupertypesNorToSubtypes() {
    RemoteRef ref = Remote.ref(sides.lookup(new More(), Marked.class));
    assertThat(ref.call("marked").block()).isEqualTo("marked more");
    for (String name : List.of("more", "secret")) {
      assertThatThrownBy(() -> ref.call(name).block())
          .isInstanceOf(NoSuchRemoteMethodException.class);
    }
  }

  /** Not marked, and not public: the compiler adds bridges to its methods to public subclasses. */
  static class Base<T> implements Comparable<Base<T>> {
    public String danger() {
      return "danger";
    }

    public String danger(Object object) {
      return "danger " + object;
    }

    public String generic(T object) {
      return "generic " + object;
    }

    @Override
    public int compareTo(Base<T> other) {
      return 0;
    }
  }

  /** Marked itself. */
  @Remotable
  public static class OverBase extends Base<String> implements Supplier<String> {
    public String danger(String text) {
      return "declared " + text;
    }

    @Override
    public String generic(String object) {
      return "declared " + object;
    }

    @Override
    public String get() {
      return "got";
    }
  }

  @Test
  void aBridgeToWhatIsInheritedIsNotDeclared() {
    RemoteRef ref = Remote.ref(sides.lookup(new OverBase(), OverBase.class));
    assertThatThrownBy(() -> ref.call("danger").block())
        .isInstanceOf(NoSuchRemoteMethodException.class);
    assertThatThrownBy(() -> ref.call("danger", 1).block())
        .isInstanceOf(NoSuchRemoteMethodException.class);
    assertThatThrownBy(() -> ref.call("compareTo", new OverBase()).block())
        .isInstanceOf(NoSuchRemoteMethodException.class);
    assertThat(ref.call("danger", "a").block()).isEqualTo("declared a");
    assertThat(ref.call("generic", "a").block()).isEqualTo("declared a");
    assertThat(ref.call("get").block()).isEqualTo("got");
    @SuppressWarnings("unchecked")
    Base<Object> generic = (Base<Object>) (Base<?>) sides.lookup(new OverBase(), Base.class);
    assertThat(generic.generic("a")).isEqualTo("declared a");
  }

  /** All may call what it declares, of whatever type its elements are. */
  @Remotable
  public interface Saving<T extends Comparable<T>> {
    String save(T element);

    String saveAll(T[] elements, List<T> others);
  }

  /** Not marked. */
  public interface Storing<A, B extends Comparable<B>> extends Saving<B> {
    String remove(A element);
  }

  /** Not marked either, and has more of the same names. */
  public static class Store {
    public String save(Double element) {
      return "inherited " + element;
    }
  }

  /** Saves texts. */
  public static class TextStore extends Store implements Storing<Integer, String> {
    @Override
    public String save(String element) {
      return "text " + element;
    }

    public String save(Integer element) {
      return "number " + element;
    }

    @Override
    public String saveAll(String[] elements, List<String> others) {
      return elements.length + " texts, " + others.size() + " others";
    }

    @Override
    public String remove(Integer element) {
      return "removed " + element;
    }
  }

  @Test
  void whatOverridesAMarkedMethodOfAGenericTypeCanBeCalledAndNothingElse() {
    var there = new TextStore();
    @SuppressWarnings("unchecked")
    Saving<String> saving = sides.lookup(there, Saving.class);
    assertThat(saving.save("a")).isEqualTo("text a");
    TextStore store = sides.lookup(there, TextStore.class);
    assertThat(store.save("a")).isEqualTo("text a");
    assertThat(store.saveAll(new String[] {"a"}, List.of("b", "c"))).isEqualTo("1 texts, 2 others");
    for (Runnable call :
        List.<Runnable>of(() -> store.save(1), () -> store.save(1.5), () -> store.remove(1))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(NoSuchRemoteMethodException.class)
          .hasMessageContaining(" it has equals(java.lang.Object), hashCode(), ")
          .hasMessageContaining(", save(java.lang.Comparable), save(java.lang.String), saveAll(");
    }
    assertThat(Remote.ref(store).call("save", "a").block()).isEqualTo("text a");
    assertThatThrownBy(() -> Remote.ref(store).call("save", 1).block())
        .isExactlyInstanceOf(ClassCastException.class);
  }

  /** Not marked, and does something by default. */
  public interface Describing {
    default String describe() {
      return "something";
    }
  }

  /** Does something else, which is for nobody. */
  public static class DescribingDesk extends Desk implements Describing {
    @Override
    public String describe() {
      return "a desk";
    }
  }

  @Test
  void whatMayNotBeCalledIsNotDoneByDefault() {
    Describing describing = sides.lookup(new DescribingDesk(), Describing.class);
    assertThatThrownBy(describing::describe)
        .isExactlyInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("Describing.describe() on ");
  }

  @Test
  void whatHasNoMarkedTypeIsAnOpaqueHandleThatComesHome() {
    Greeting greeting = sides.lookup(new Desk(), Greeting.class);
    for (String what : List.of("plain", "list")) {
      Object handle = greeting.give(what);
      assertThat(handle).isNotInstanceOfAny(Administration.class, List.class);
      assertThat(greeting.take(handle)).isTrue();
      RemoteRef ref = Remote.ref(handle);
      assertThat(ref.typeNames()).isEmpty();
      for (String name : List.of("secret", "size", "toString", "hashCode", "iterator")) {
        assertThatThrownBy(() -> ref.call(name).block())
            .isInstanceOf(NoSuchRemoteMethodException.class)
            .hasMessageEndingWith(
                " has no public method "
                    + name
                    + "() in a type that is marked @Remotable; it has none");
      }
      assertThatThrownBy(() -> Remote.as(handle, Administration.class).secret())
          .isInstanceOf(NoSuchRemoteMethodException.class);
      assertThatThrownBy(() -> ref.stream("iterator").blockLast())
          .isInstanceOf(NoSuchRemoteMethodException.class);
    }
  }

  @Test
  void valuesAndPublishersArePassedAsEver() {
    Greeting greeting = sides.lookup(new Desk(), Greeting.class);
    assertThat(greeting.give("record")).isEqualTo(new Pair(1, "a"));
    StepVerifier.create((Flux<?>) greeting.give("flux")).expectNextCount(2).verifyComplete();
    assertThat(((CompletableFuture<?>) greeting.give("future")).join()).isEqualTo(3);
  }

  @Test
  void publicFieldsOfWhatIsNotMarkedAreNotTold() {
    Greeting greeting = sides.lookup(new Desk(), Greeting.class);
    long before = sides.peer().stats().bytesReceived();
    greeting.give("self");
    assertThat(sides.peer().stats().bytesReceived() - before).isLessThan(150);
    assertThat(sides.peer().create(Marked.class).number).isEqualTo(7);
  }

  @Test
  void staticMethodsAndConstructorsStillNeedToBeAllowed() throws Exception {
    assertThat(sides.peer().create(Marked.class).marked()).isEqualTo("marked");
    assertThatThrownBy(() -> sides.peer().create(More.class))
        .isInstanceOf(NotAllowedException.class);
    RemoteSupplier<More> make = sides.peer().importSupplier(More::new);
    assertThatThrownBy(make::get).isInstanceOf(NotAllowedException.class);
  }

  @Test
  void theNamesOfWhatIsBoundAreTold() {
    Greeting greeting = sides.lookup(new Desk(), Greeting.class);
    assertThat(greeting.greet("you")).isEqualTo("Hello you");
    assertThat(sides.peer().names()).hasSize(1);
  }

  @Test
  void theOtherSideExposesAsItLikes() {
    Greeting greeting = sides.lookup(new Desk(), Greeting.class);
    Supplier<String> ours = () -> "ours";
    assertThat(greeting.ask(ours)).isEqualTo("ours");
    Object theirs = greeting.give("lambda");
    assertThat(theirs).isNotInstanceOf(Supplier.class);
  }

  private static final byte[] NO_ARGUMENTS = {(byte) 0x90};

  @Test
  void whoSubscribesToWhatIsNoPublisherIsRefused() {
    try (Farside far =
        Farside.builder()
            .exposure(Exposure.ANNOTATED)
            .bind("list", new ArrayList<>(List.of("secret")))
            .bind("flux", Flux.just(1))
            .build()) {
      String uri = far.listenNow("tcp://127.0.0.1:0").uri();
      try (RawPeer raw = RawPeer.greeted(uri)) {
        assertThat(raw.stream(subscribe(1, "list"), new byte[0]))
            .isEqualTo("Only publishers and futures can be subscribed to here");
        assertThat(raw.stream(subscribe(2, "flux"), new byte[0])).isEqualTo("Items");
        for (String method : List.of("get", "toString", "#size", "<init>", "iterator")) {
          assertThat(raw.request(RawPeer.call(3, new Target.Root("list"), method), NO_ARGUMENTS))
              .isEqualTo(
                  "java.util.ArrayList has no public method "
                      + method
                      + "() in a type that is marked @Remotable; it has none");
        }
        assertThat(raw.request(RawPeer.call(4, new Target.Root("list"), "getClass"), NO_ARGUMENTS))
            .startsWith("getClass(…) is never called for a peer: ");
      }
    }
  }

  private static byte[] subscribe(long id, String name) {
    return Header.of(new Message.Subscribe(id, new Target.Root(name))).toBytes();
  }
}
