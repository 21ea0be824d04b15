package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ByReference;
import dev.farside.ByValue;
import dev.farside.Farside;
import dev.farside.NotPassableException;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.Classes.Finished;
import dev.farside.rsocket.Classes.NamedAccount;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.File;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is copied, what is referenced, and that what comes home is itself. */
public class PassingTest {
  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP)
          .near(builder -> builder.valueType(Registered.class))
          .far(builder -> builder.valueType(Registered.class));

  /** Keeps and gives back. */
  interface Shelf {
    Object echo(Object value);

    void put(Object value);

    Object get();

    boolean isSame(Object value);

    boolean areSame(Object first, Object second);
  }

  interface ReactiveShelf {
    Mono<Object> echo(Object value);

    Mono<Void> put(Object value);

    Mono<Object> get();

    Mono<Boolean> isSame(Object value);
  }

  static class PlainShelf implements Shelf {
    private Object kept;

    @Override
    public Object echo(Object value) {
      return value;
    }

    @Override
    public void put(Object value) {
      kept = value;
    }

    @Override
    public Object get() {
      return kept;
    }

    @Override
    public boolean isSame(Object value) {
      return kept == value;
    }

    @Override
    public boolean areSame(Object first, Object second) {
      return first == second;
    }
  }

  static class Registered {
    private final List<String> names = new ArrayList<>();
  }

  @ByValue
  static class Marked {
    private int number;
    private Marked next;
  }

  @ByReference
  record Referenced(String name) implements Supplier<String> {
    @Override
    public String get() {
      return name;
    }
  }

  record Box(Object content) {}

  private final PlainShelf there = new PlainShelf();

  private Shelf shelf() {
    return sides.lookup(there, Shelf.class);
  }

  static Stream<Object> values() {
    return Stream.of(
        true,
        (byte) 1,
        (short) 2,
        'c',
        3,
        4L,
        5f,
        6.0,
        Double.NaN,
        "text",
        "",
        "\ud800",
        "😀",
        new BigInteger("-123456789012345678901234567890"),
        new BigDecimal("1.50"),
        TimeUnit.DAYS,
        Thread.State.NEW,
        new Box(1),
        new Box(null),
        new Box(new Box(List.of())),
        LocalDate.of(2024, 2, 29),
        Instant.parse("2024-01-01T00:00:00.000000001Z"),
        Duration.ofNanos(-1),
        ZonedDateTime.parse("2024-10-27T02:30+01:00[Europe/Berlin]"),
        new UUID(1, 2),
        URI.create("a:b"),
        Locale.GERMANY,
        Currency.getInstance("EUR"),
        StandardCharsets.UTF_8,
        Optional.of(1),
        Optional.empty(),
        OptionalInt.of(1),
        OptionalLong.empty(),
        String.class,
        int.class,
        int[][].class,
        Box.class,
        Path.of("a/b"),
        new File("a"),
        List.of(),
        List.of(1, "a"),
        Set.of(1),
        Map.of(1, 2),
        Stream.of(1).toList(),
        Collections.emptyList(),
        Collections.singleton(1),
        Map.entry(1, 2),
        List.of(List.of(Map.of("k", Optional.of(1)))));
  }

  @Test
  void immutableThingsAreCopiedAsTheyAre() {
    Shelf plain = shelf();
    ReactiveShelf reactive = sides.lookup(there, ReactiveShelf.class);
    assertThat(values())
        .allSatisfy(
            value -> {
              Object arrived = plain.echo(value);
              assertThat(Remote.isRemote(arrived)).isFalse();
              assertThat(arrived).isEqualTo(value);
              if (!(value instanceof Collection || value instanceof Map)) {
                assertThat(arrived).isInstanceOf(value.getClass());
              }
              assertThat(reactive.echo(value).block()).isEqualTo(value);
            });
  }

  @Test
  void arraysOfEveryKindAreCopied() {
    for (Object array :
        List.of(
            new int[] {1},
            new byte[0],
            new long[][] {{1}, {}, null},
            new String[] {"a", null},
            new Object[] {1, "a", new int[] {2}},
            new Box[] {new Box(1)},
            new char[] {'x'},
            new boolean[] {true},
            new TimeUnit[] {TimeUnit.DAYS})) {
      Object arrived = shelf().echo(new Box(array));
      Object copy = ((Box) arrived).content();
      assertThat(copy).isNotSameAs(array).hasSameClassAs(array);
      assertThat(Arrays.deepToString(new Object[] {copy}))
          .isEqualTo(Arrays.deepToString(new Object[] {array}));
    }
  }

  @SuppressWarnings({"UnnecessaryStringBuilder", "JavaUtilDate"}) // they are the point here
  static Stream<Object> mutables() {
    return Stream.of(
        new ArrayList<>(List.of(1)),
        new HashMap<>(Map.of(1, 2)),
        new HashSet<>(Set.of(1)),
        Arrays.asList(1, 2),
        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
        new ArrayList<>(List.of(1, 2)).subList(0, 1),
        new AbstractMap.SimpleEntry<>(1, 2),
        new StringBuilder("text"),
        new java.util.concurrent.atomic.AtomicInteger(1),
        new java.util.Date(0),
        new Account("Ada", 1),
        (Runnable) () -> {},
        Stream.of(1),
        List.of(1).iterator(),
        new Referenced("Ada"),
        new Object(),
        new Finished());
  }

  @Test
  void mutableThingsAreReferencedAndComeHomeAsThemselves() {
    Shelf here = shelf();
    assertThat(mutables())
        .allSatisfy(
            value -> {
              assertThat(here.echo(value)).isSameAs(value);
              here.put(value);
              assertThat(Remote.isRemote(there.get())).isTrue();
              assertThat(here.get()).isSameAs(value);
              assertThat(here.isSame(value)).isTrue();
            });
    there.put(null);
  }

  @Test
  void collectionsArePassedLiveThroughPlainFaces() {
    List<Object> mine = new ArrayList<>(List.of("a"));
    shelf().put(mine);
    @SuppressWarnings("unchecked")
    List<Object> theirs = (List<Object>) there.get();
    theirs.add("b");
    assertThat(mine).containsExactly("a", "b");
    mine.add("c");
    assertThat(theirs).containsExactly("a", "b", "c");
    there.put(null);
  }

  @Test
  void collectionsAreCopiedThroughReactiveFaces() {
    ReactiveShelf here = sides.lookup(there, ReactiveShelf.class);
    List<Object> mine = new ArrayList<>(List.of("a", new ArrayList<>(List.of("b"))));
    here.put(mine).block();
    assertThat(there.get()).isEqualTo(mine).isNotSameAs(mine);
    assertThat(Remote.isRemote(there.get())).isFalse();
    Object arrived = here.get().block();
    assertThat(arrived).isEqualTo(mine).isNotSameAs(there.get());
    Map<Object, Object> map = new java.util.TreeMap<>(Collections.reverseOrder());
    map.putAll(Map.of("a", 1, "b", 2));
    assertThat(((Map<?, ?>) here.echo(map).block()).keySet().toString()).isEqualTo("[b, a]");
  }

  interface FutureShelf {
    CompletableFuture<List<Integer>> get();
  }

  interface FluxShelf {
    Flux<Object> get();
  }

  @Test
  void everyReactiveFaceCopiesCollections() {
    there.put(new ArrayList<>(List.of(1)));
    List<Integer> list = sides.lookup(there, FutureShelf.class).get().join();
    assertThat(Remote.isRemote(list)).isFalse();
    assertThat(list).containsExactly(1);
    there.put(List.of(new ArrayList<>(List.of(1))));
    Object first = sides.lookup(there, FluxShelf.class).get().blockFirst();
    assertThat(Remote.isRemote(first)).isFalse();
    assertThat(first).isEqualTo(List.of(1));
  }

  @Test
  void whatIsNeitherValueNorCollectionIsReferencedThroughReactiveFacesToo() {
    ReactiveShelf here = sides.lookup(there, ReactiveShelf.class);
    var account = new Account("Ada", 1);
    assertThat(here.echo(List.of(account)).block()).isEqualTo(List.of(account));
    there.put(account);
    assertThat(Remote.isRemote(here.get().block())).isTrue();
    assertThat(here.isSame(here.get().block()).block()).isTrue();
  }

  @Test
  void valuesNestReferencesAndReferencesNestValues() {
    Runnable lambda = () -> {};
    var account = new Account("Ada", 1);
    there.put(account);
    Object proxy = shelf().get();
    List<Object> mixed =
        Arrays.asList(1, "a", null, lambda, proxy, new Box(lambda), Optional.of(proxy));
    assertThat(shelf().echo(Collections.unmodifiableList(mixed).stream().toList()))
        .isEqualTo(mixed);
    Object[] array = {lambda, proxy, new Object[] {proxy}};
    Object[] arrived = (Object[]) ((Box) shelf().echo(new Box(array))).content();
    assertThat(arrived[0]).isSameAs(lambda);
    assertThat(((Object[]) arrived[2])[0]).isSameAs(arrived[1]).isSameAs(proxy);
    assertThat(((Map<?, ?>) shelf().echo(Map.of("k", proxy))).get("k")).isSameAs(proxy);
  }

  interface Finder {
    boolean find(Object nested, Object proxy);
  }

  @Test
  void proxiesComeHomeAsTheOriginalWhereverTheyAreNested() {
    var account = new Account("Ada", 1);
    there.put(account);
    Object proxy = shelf().get();
    Finder finder =
        (nested, alone) -> alone == account && (nested == account || contains(nested, account));
    Finder here = sides.lookup(finder, Finder.class);
    for (Object nested :
        List.of(
            proxy,
            new Box(proxy),
            List.of(proxy),
            Optional.of(proxy),
            Map.of("k", proxy),
            Set.of(proxy),
            Map.entry(proxy, 1),
            new Object[] {proxy},
            new Object[][] {{proxy}},
            new Box(List.of(Optional.of(new Box(proxy)))))) {
      assertThat(here.find(nested, proxy)).as("in %s", nested.getClass()).isTrue();
    }
  }

  private static boolean contains(Object nested, Object wanted) {
    if (nested instanceof Box box) {
      return contains(box.content(), wanted);
    }
    if (nested instanceof Optional<?> optional) {
      return contains(optional.get(), wanted);
    }
    if (nested instanceof Map<?, ?> map) {
      return contains(map.values(), wanted);
    }
    if (nested instanceof Map.Entry<?, ?> entry) {
      return entry.getKey() == wanted;
    }
    if (nested instanceof Object[] array) {
      return contains(Arrays.asList(array), wanted);
    }
    return nested == wanted
        || (nested instanceof Collection<?> collection
            && collection.stream().anyMatch(e -> contains(e, wanted)));
  }

  interface Streamed {
    Flux<Object> give();

    Mono<Boolean> are(Flux<Object> items);
  }

  @Test
  void proxiesComeHomeAsTheOriginalInStreamsToo() {
    var account = new Account("Ada", 1);
    there.put(account);
    Object proxy = shelf().get();
    Streamed far =
        new Streamed() {
          @Override
          public Flux<Object> give() {
            return Flux.just(account, new Box(account), List.of(account));
          }

          @Override
          public Mono<Boolean> are(Flux<Object> items) {
            return items.all(item -> contains(item, account));
          }
        };
    Streamed here = sides.lookup(far, Streamed.class);
    assertThat(here.give().collectList().block())
        .containsExactly(proxy, new Box(proxy), List.of(proxy));
    assertThat(here.are(Flux.just(proxy, new Box(proxy), List.of(proxy))).block()).isTrue();
    there.put(null);
  }

  @Test
  void theSameObjectIsTheSameProxyInEveryMessage() {
    var account = new Account("Ada", 1);
    there.put(account);
    Shelf here = shelf();
    Object proxy = here.get();
    assertThat(here.get()).isSameAs(proxy);
    there.put(new Box(List.of(account, account)));
    assertThat(((Box) here.get()).content()).isEqualTo(List.of(proxy, proxy));
    there.put(null);
  }

  @Test
  void sharingInsideOneMessageIsKept() {
    var value = new Box("x");
    Shelf here = shelf();
    assertThat(here.areSame(value, value)).isTrue();
    assertThat(here.areSame(value, new Box("x"))).isFalse();
    there.put(List.of(value, value));
    List<?> arrived = (List<?>) here.get();
    assertThat(arrived.get(0)).isSameAs(arrived.get(1));
    int[] array = {1};
    assertThat(here.areSame(array, array)).isTrue();
    Runnable lambda = () -> {};
    assertThat(here.areSame(lambda, lambda)).isTrue();
  }

  @Test
  void aCyclicValueIsRefusedWithItsPath() {
    Object[] cyclic = new Object[1];
    cyclic[0] = new Box(cyclic);
    assertThatThrownBy(() -> shelf().put(cyclic))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0][0].content: this [Ljava.lang.Object; contains itself; a value must"
                + " not be cyclic");
    assertThatThrownBy(
            () -> sides.lookup((Supplier<?>) () -> new Box(cyclic), Supplier.class).get())
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass result.content[0].content: this [Ljava.lang.Object; contains itself; a"
                + " value must not be cyclic");
  }

  @Test
  void cyclicReferencesAreFine() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    assertThat(((List<?>) shelf().echo(cyclic)).get(0)).isSameAs(cyclic);
  }

  @Test
  void markedAndRegisteredTypesAreCopied() {
    var registered = new Registered();
    registered.names.add("Ada");
    var marked = new Marked();
    marked.number = 7;
    marked.next = new Marked();
    Shelf here = shelf();
    here.put(marked);
    assertThat(there.get()).isInstanceOf(Marked.class).isNotSameAs(marked);
    assertThat(((Marked) there.get()).next.number).isZero();
    assertThat(((Marked) there.get()).number).isEqualTo(7);
    Registered arrived = (Registered) here.echo(registered);
    assertThat(arrived).isNotSameAs(registered);
    assertThat(arrived.names).isSameAs(registered.names);
  }

  static Stream<Object> powers() {
    return Stream.of(
        Thread.currentThread(),
        PassingTest.class.getClassLoader(),
        Runtime.getRuntime(),
        ProcessHandle.current(),
        MethodHandles.lookup(),
        Object.class.getMethods()[0],
        PassingTest.class.getModule(),
        new ThreadLocal<>(),
        MethodHandles.constant(int.class, 1));
  }

  @ParameterizedTest
  @MethodSource("powers")
  void powerOverTheVirtualMachineIsAnOpaqueHandle(Object power) {
    there.put(power);
    Shelf here = shelf();
    Object handle = here.get();
    assertThat(Remote.isRemote(handle)).isTrue();
    assertThat(Remote.ref(handle).typeNames()).isEmpty();
    assertThat(handle).isSameAs(here.get()).isEqualTo(handle).hasToString(handle.toString());
    assertThat(here.isSame(handle)).isTrue();
    assertThat(here.echo(power)).isSameAs(power);
    assertThatThrownBy(() -> Remote.ref(handle).call("getName").block())
        .isInstanceOf(dev.farside.NoSuchRemoteMethodException.class)
        .hasMessageContaining(" it has equals(java.lang.Object), hashCode(), toString()");
    there.put(null);
  }

  @Test
  void aProxyHandedOnToAThirdSideWorksAndComesHomeAsItself() {
    var account = new NamedAccount("Ada");
    there.put(account);
    Shelf here = shelf();
    Object proxy = here.get();
    var third = new PlainShelf();
    try (Farside side = Farside.builder().bind("third", third).build();
        var listener = side.listenNow("tcp://127.0.0.1:0");
        Peer peer = sides.near().connectNow(listener.uri())) {
      Shelf thirds = peer.lookup("third", Shelf.class);
      thirds.put(proxy);
      NamedAccount atThird = (NamedAccount) third.get();
      assertThat(atThird.deposit(5)).isSameAs(atThird);
      assertThat(account.balance()).isEqualTo(5);
      assertThat(atThird).isEqualTo(new NamedAccount("Ada")).hasToString("account of Ada");
      assertThat(atThird.hashCode()).isEqualTo(account.hashCode());
      assertThat(thirds.get()).isSameAs(proxy);
      assertThat(thirds.isSame(proxy)).isTrue();
      assertThat(here.isSame(thirds.get())).isTrue();
      third.put(null);
    }
  }

  @Test
  void iterationSeesEveryElementAndChangesByOthers() {
    there.put(new ArrayList<>(List.of(1, 2, 3)));
    @SuppressWarnings("unchecked")
    List<Object> here = (List<Object>) shelf().get();
    List<Object> seen = new ArrayList<>();
    for (Iterator<Object> i = here.iterator(); i.hasNext(); ) {
      Object element = i.next();
      seen.add(element);
      if (element.equals(2)) {
        i.remove();
      }
    }
    assertThat(seen).containsExactly(1, 2, 3);
    assertThat(there.get()).isEqualTo(List.of(1, 3));
    there.put(new ArrayList<>(Collections.nCopies(100, "many")));
    @SuppressWarnings("unchecked")
    Iterator<Object> iterator = ((List<Object>) shelf().get()).iterator();
    iterator.next();
    ((List<?>) there.get()).clear(); // seen with the next batch
    assertThatThrownBy(
            () -> {
              while (iterator.hasNext()) {
                iterator.next();
              }
            })
        .isInstanceOf(java.util.ConcurrentModificationException.class);
    there.put(null);
  }
}
