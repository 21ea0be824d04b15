package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.LimitExceededException;
import dev.farside.NotPassableException;
import dev.farside.OneWay;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.codec.Baggage;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Header;
import dev.farside.codec.Message;
import dev.farside.codec.MethodKey;
import dev.farside.codec.Target;
import dev.farside.rsocket.TwoSides.Transport;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor contexts and registered thread locals that travel with calls. */
@Timeout(60)
public class ContextTest {
  /** Registered as "user"; nothing is registered as "trace". */
  private static final ThreadLocal<String> USER = new ThreadLocal<>();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP)
          .near(builder -> builder.propagate("user", "secret").propagate("trace"))
          .far(builder -> builder.propagate("user", "trace"));

  /** What an implementation sees. */
  public static class Desk {
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

    public String user() {
      return String.valueOf(USER.get());
    }

    public Mono<String> later(String key) {
      return Mono.deferContextual(context -> Mono.just(context.getOrDefault(key, "none")));
    }

    /** What the method sees, and what is seen while its result is subscribed to. */
    public Mono<String> userNowAndThen() {
      String now = user();
      return Mono.fromSupplier(() -> now + " " + user());
    }

    public Flux<String> items(String key) {
      return Flux.range(1, 3)
          .flatMapSequential(i -> Mono.deferContextual(c -> Mono.just(i + c.get(key).toString())));
    }

    /** What is seen while the result is subscribed to, and while it is asked for elements. */
    public Flux<String> usersWhileAsked() {
      return Flux.defer(() -> Flux.just(user())).concatWith(Flux.generate(s -> s.next(user())));
    }

    public Stream<String> elements() {
      return IntStream.range(0, 3).mapToObj(i -> i + user());
    }

    public void run(Runnable action) {
      action.run();
    }

    public void runAs(String user, Runnable action) {
      USER.set(user);
      action.run();
    }

    /** Calls a method that returns a Mono, and waits. */
    public String ask(Later question) {
      return question.later("trace").block(PATIENCE);
    }

    public void note(String text) {
      notes.add(text + " " + user());
    }

    String nextNote() throws InterruptedException {
      return notes.poll(20, TimeUnit.SECONDS);
    }
  }

  /** A caller that waits. */
  public interface Blocking {
    String user();

    String later(String key);

    String userNowAndThen();

    Stream<String> elements();

    void run(Runnable action);

    void runAs(String user, Runnable action);

    @OneWay
    void note(String text);
  }

  /** A caller that subscribes. */
  interface Reactive {
    Mono<String> user();

    Mono<String> later(String key);

    Mono<String> userNowAndThen();

    Flux<String> items(String key);

    Flux<String> usersWhileAsked();

    Flux<String> elements();

    Mono<String> ask(Later question);

    @OneWay
    Mono<Void> note(String text);
  }

  public interface Later {
    Mono<String> later(String key);
  }

  interface Future {
    CompletableFuture<String> user();
  }

  private final Desk desk = new Desk();

  @BeforeEach
  void registerTheThreadLocal() {
    ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER);
  }

  @AfterEach
  void removeTheThreadLocal() {
    ContextRegistry.getInstance().removeThreadLocalAccessor("user");
    USER.remove();
  }

  private <T> T near(Class<T> face) {
    return sides.lookup(desk, face);
  }

  private static void assertAtBase(Peer peer) {
    await().untilAsserted(() -> TwoSides.assertAtBase(peer.toString(), peer.stats()));
  }

  @Test
  void aRemoteMonoSeesTheReactorContextOfItsSubscriber() {
    Mono<String> trace = near(Reactive.class).later("trace");
    assertThat(trace.contextWrite(c -> c.put("trace", "00-1")).block(PATIENCE)).isEqualTo("00-1");
    assertThat(trace.contextWrite(c -> c.put("trace", "00-2")).block(PATIENCE)).isEqualTo("00-2");
    assertThat(trace.block(PATIENCE)).isEqualTo("none");
  }

  @Test
  void theItemsOfARemoteFluxSeeTheReactorContextOfItsSubscriber() {
    Flux<String> items = near(Reactive.class).items("trace");
    assertThat(items.contextWrite(c -> c.put("trace", "t")).collectList().block(PATIENCE))
        .containsExactly("1t", "2t", "3t");
  }

  @Test
  void aMethodSeesTheThreadLocalOfItsCallerUntilItReturns() {
    Blocking far = near(Blocking.class);
    USER.set("ada");
    assertThat(far.user()).isEqualTo("ada");
    USER.set("bob");
    assertThat(far.user()).isEqualTo("bob");
    USER.remove();
    assertThat(far.user()).as("on the same worker").isEqualTo("null");
  }

  @Test
  void aThreadLocalBecomesTheReactorContextOfARemoteMonoAndTheOtherWayRound() {
    USER.set("ada");
    assertThat(near(Blocking.class).later("user")).isEqualTo("ada");
    Mono<String> user = near(Reactive.class).user();
    assertThat(user.contextWrite(c -> c.put("user", "bob")).block(PATIENCE)).isEqualTo("bob");
  }

  @Test
  void theCallersReactorContextGoesBeforeItsThreadLocal() {
    USER.set("ada");
    Mono<String> user = near(Reactive.class).user();
    assertThat(user.block(PATIENCE)).isEqualTo("ada");
    assertThat(user.contextWrite(c -> c.put("user", "bob")).block(PATIENCE)).isEqualTo("bob");
  }

  @Test
  void aFutureTakesTheThreadLocalOfItsCaller() {
    USER.set("ada");
    assertThat(near(Future.class).user().join()).isEqualTo("ada");
  }

  @Test
  void anAsyncExpressionTakesTheContextOfItsSubscriber() {
    Blocking far = near(Blocking.class);
    Mono<String> both = Remote.async(far, f -> f.user() + " " + f.later("trace"));
    assertThat(both.contextWrite(c -> c.put("user", "ada").put("trace", "t")).block(PATIENCE))
        .isEqualTo("ada t");
  }

  @Test
  void aMethodThatReturnsAMonoSeesTheThreadLocalNowAndWhileItsMonoIsSubscribedTo() {
    USER.set("ada");
    assertThat(near(Blocking.class).userNowAndThen()).isEqualTo("ada ada");
    assertThat(near(Reactive.class).userNowAndThen().block(PATIENCE)).isEqualTo("ada ada");
    USER.remove();
    assertThat(near(Reactive.class).userNowAndThen().block(PATIENCE)).isEqualTo("null null");
  }

  @Test
  void aMethodThatReturnsAFluxSeesTheThreadLocalWhileItsFluxIsSubscribedToAndAsked() {
    USER.set("ada");
    Reactive reactive = near(Reactive.class);
    assertThat(reactive.usersWhileAsked().limitRate(1).take(3).collectList().block(PATIENCE))
        .containsExactly("ada", "ada", "ada");
    USER.remove();
    assertThat(reactive.usersWhileAsked().take(2).collectList().block(PATIENCE))
        .containsExactly("null", "null");
  }

  @Test
  void elementsThatAreTakenLaterSeeTheThreadLocal() {
    USER.set("ada");
    assertThat(near(Blocking.class).elements()).containsExactly("0ada", "1ada", "2ada");
    assertThat(near(Reactive.class).elements().collectList().block(PATIENCE))
        .containsExactly("0ada", "1ada", "2ada");
  }

  @Test
  void aOneWayCallTakesTheContextAlong() throws Exception {
    USER.set("ada");
    near(Blocking.class).note("a");
    assertThat(desk.nextNote()).isEqualTo("a ada");
    near(Reactive.class).note("b").contextWrite(c -> c.put("user", "bob")).block(PATIENCE);
    assertThat(desk.nextNote()).isEqualTo("b bob");
    USER.remove();
    near(Blocking.class).note("c");
    assertThat(desk.nextNote()).isEqualTo("c null");
  }

  @Test
  void aCallbackSeesTheThreadLocalOfItsCallerAndThenTheWaitingThreadHasItsOwn() {
    Blocking far = near(Blocking.class);
    USER.set("ada");
    var seen = new LinkedBlockingQueue<String>();
    far.run(() -> seen.add(USER.get()));
    far.runAs(
        "bob",
        () -> {
          seen.add(USER.get());
          far.runAs("eve", () -> seen.add(USER.get()));
          seen.add(USER.get());
        });
    assertThat(seen).containsExactly("ada", "bob", "eve", "bob");
    assertThat(USER.get()).isEqualTo("ada");
  }

  @Test
  void aCallbackWithoutAValueLeavesTheWaitingThreadWhatItHas() {
    Blocking far = near(Blocking.class);
    USER.set("ada");
    var seen = new LinkedBlockingQueue<String>();
    far.runAs(null, () -> seen.add(USER.get()));
    assertThat(seen).containsExactly("ada");
  }

  @Test
  void aMethodCarriesOnWhatNoThreadLocalHolds() {
    Later question = key -> Mono.deferContextual(c -> Mono.just(c.getOrDefault(key, "none")));
    Mono<String> asked = near(Reactive.class).ask(question);
    assertThat(asked.contextWrite(c -> c.put("trace", "t")).block(PATIENCE)).isEqualTo("t");
    assertThat(asked.block(PATIENCE)).isEqualTo("none");
  }

  @Test
  void aSideInTheMiddleCarriesItOn() {
    try (Farside third = Farside.builder().bind("desk", desk).propagate("user", "trace").build()) {
      Peer onward = sides.far().connectNow(third.listenNow("tcp://127.0.0.1:0").uri());
      Supplier<String> blocking =
          () ->
              onward.lookup("desk", Blocking.class).user()
                  + " "
                  + onward.lookup("desk", Blocking.class).later("trace");
      Later reactive = onward.lookup("desk", Reactive.class)::later;

      USER.set("ada");
      Mono<String> there = sides.lookup(blocking, LaterSupplier.class).get();
      assertThat(there.contextWrite(c -> c.put("trace", "t")).block(PATIENCE)).isEqualTo("ada t");
      Mono<String> later = sides.lookup(reactive, Later.class).later("trace");
      assertThat(later.contextWrite(c -> c.put("trace", "u")).block(PATIENCE)).isEqualTo("u");
      assertAtBase(onward);
    }
  }

  interface LaterSupplier {
    Mono<String> get();
  }

  @Test
  void aKeyThatTheCalleeDoesNotNameIsNotThere() {
    Mono<String> secret = near(Reactive.class).later("secret");
    assertThat(secret.contextWrite(c -> c.put("secret", "s")).block(PATIENCE)).isEqualTo("none");
  }

  @Test
  void aKeyThatTheCallerDoesNotNameIsNotSent() {
    Mono<String> other = near(Reactive.class).later("other");
    assertThat(other.contextWrite(c -> c.put("other", "o")).block(PATIENCE)).isEqualTo("none");
  }

  @Test
  void aPeerCannotSetWhatWasNotNamed() {
    sides.far().bind("desk", desk);
    Baggage evil = Baggage.of(Map.of("user", "ada", "secret", "s"), Map.of("user", "mdc"));
    try (RawPeer raw = RawPeer.greeted(sides.listener().uri())) {
      assertThat(raw.request(call("note", evil), ONE_NOTE)).isEqualTo("Returned");
    }
    assertThat(desk.notes).containsExactly("hi ada");
  }

  @Test
  void aPeerThatSendsTooMuchIsRefused() {
    sides.far().bind("desk", desk);
    var many = new HashMap<String, String>();
    for (int i = 0; i < 65; i++) {
      many.put("key " + i, "");
    }
    try (RawPeer raw = RawPeer.greeted(sides.listener().uri())) {
      assertThat(raw.request(call("note", Baggage.of(many, Map.of())), ONE_NOTE))
          .endsWith("the number of context entries is 65, more than 64");
      assertThat(
              raw.request(
                  call("note", Baggage.of(Map.of(), Map.of("k", "x".repeat(1 << 16)))), ONE_NOTE))
          .endsWith("the context of a call is 65542 bytes, more than 65536");
      assertThat(raw.request(call("note", Baggage.NONE), ONE_NOTE)).isEqualTo("Returned");
    }
    assertThat(desk.notes).containsExactly("hi null");
  }

  /** The arguments ["hi"]. */
  private static final byte[] ONE_NOTE = {(byte) 0x91, (byte) 0xa2, 'h', 'i'};

  private static byte[] call(String method, Baggage baggage) {
    return Header.of(
            new Message.Call(
                1,
                new Target.Root("desk"),
                new MethodKey.Name(method),
                new CallOptions(0),
                null,
                0,
                0,
                baggage))
        .toBytes();
  }

  @Test
  void aValueThatIsNoTextFailsTheCallInWords() {
    Reactive far = near(Reactive.class);
    String text =
        "The context value \"user\" is a java.lang.Integer, but only texts travel: keep a String"
            + " under a key that is given to Farside.Builder.propagate";
    for (Mono<?> call : List.of(far.user(), far.note("n"), far.items("user").next())) {
      assertThatThrownBy(() -> call.contextWrite(c -> c.put("user", 7)).block(PATIENCE))
          .isExactlyInstanceOf(NotPassableException.class)
          .hasMessage(text);
    }
    assertThat(far.user().block(PATIENCE)).isEqualTo("null");
  }

  @Test
  void aValueThatIsTooLongFailsTheCallInWords() {
    USER.set("x".repeat(1 << 14));
    Blocking far = near(Blocking.class);
    for (Runnable call : List.<Runnable>of(far::user, far::elements, () -> far.note("n"))) {
      assertThatThrownBy(call::run)
          .isExactlyInstanceOf(LimitExceededException.class)
          .hasMessage(
              "The context that is to travel with a call is longer than 16384 characters with its"
                  + " entry \"user\"; pass long values as arguments");
    }
    USER.set("x".repeat((1 << 14) - "user".length()));
    assertThat(far.user()).hasSize((1 << 14) - "user".length());
  }

  @Test
  void aValueThatTheCalleesThreadLocalDoesNotTakeFailsTheCallInWords() {
    Reactive far = near(Reactive.class);
    ContextRegistry.getInstance().registerThreadLocalAccessor(new OnlyNumbers("user"));
    Mono<String> user = far.user().contextWrite(c -> c.put("user", "ada"));
    assertThatThrownBy(() -> user.block(PATIENCE))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessageStartingWith(
            "The thread local registered as \"user\" does not take the text that the caller sent:"
                + " java.lang.NumberFormatException: ");
    Mono<String> number = far.user().contextWrite(c -> c.put("user", "7"));
    assertThat(number.block(PATIENCE)).isEqualTo("7");
  }

  private record OnlyNumbers(Object key) implements ThreadLocalAccessor<String> {
    @Override
    public @Nullable String getValue() {
      return USER.get();
    }

    @Override
    public void setValue(String value) {
      USER.set(String.valueOf(Integer.parseInt(value)));
    }

    @Override
    public void setValue() {
      USER.remove();
    }
  }

  @Test
  void aSideThatNamesNothingLooksAtNoThreadLocal() {
    var asked = new AtomicInteger();
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(
            "user",
            () -> {
              asked.incrementAndGet();
              return "ada";
            },
            value -> asked.incrementAndGet(),
            asked::incrementAndGet);
    try (Farside plainFar = Farside.builder().bind("desk", desk).build();
        Farside plainNear = Farside.create()) {
      Peer peer = plainNear.connectNow(plainFar.listenNow("tcp://127.0.0.1:0").uri());
      assertThat(peer.lookup("desk", Blocking.class).later("user")).isEqualTo("none");
      assertThat(asked).hasValue(0);
      assertAtBase(peer);
    }
  }

  @Test
  void moreKeysThanTheWireAllowsAreRefused() {
    String[] keys = IntStream.range(0, 64).mapToObj(i -> "key " + i).toArray(String[]::new);
    Farside.Builder builder = Farside.builder().propagate(keys).propagate("key 0");
    assertThatThrownBy(() -> builder.propagate("one more"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("propagate takes at most 64 keys, but got 65");
    assertThatThrownBy(() -> Farside.builder().propagateMdc(keys).propagateMdc("one more"))
        .hasMessage("propagateMdc takes at most 64 keys, but got 65");
  }
}
