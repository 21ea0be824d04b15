package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.OneWay;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Entries of the logging context that travel with calls. */
@Timeout(60)
public class MdcTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP)
          .near(builder -> builder.propagateMdc("user", "session"))
          .far(builder -> builder.propagateMdc("user").propagateMdc("request"));

  /** What an implementation sees. */
  public static class Desk {
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

    public String entry(String key) {
      return String.valueOf(MDC.get(key));
    }

    /** What the method sees, and what is seen while its result is subscribed to. */
    public Mono<String> nowAndThen(String key) {
      String now = entry(key);
      return Mono.fromSupplier(() -> now + " " + entry(key));
    }

    /** What is seen while the result is subscribed to, and while it is asked for elements. */
    public Flux<String> whileAsked(String key) {
      return Flux.defer(() -> Flux.just(entry(key)).concatWith(Mono.fromSupplier(() -> entry(key))))
          .concatWith(Flux.generate(sink -> sink.next(entry(key))));
    }

    public Stream<String> elements(String key) {
      return Stream.of(1, 2).map(i -> i + entry(key));
    }

    public void runAs(String user, Runnable action) {
      MDC.put("user", user);
      action.run();
    }

    /** Asks from another thread, after this method has returned. */
    public Mono<String> askLater(Asked asked) {
      return Mono.just(1)
          .publishOn(Schedulers.parallel())
          .flatMap(i -> asked.get().map(answer -> entry("user") + " " + answer));
    }

    public void note(String key) {
      notes.add(entry(key));
    }
  }

  public interface Blocking {
    String entry(String key);

    String nowAndThen(String key);

    Stream<String> elements(String key);

    void runAs(String user, Runnable action);

    String askLater(Asked asked);

    @OneWay
    void note(String key);
  }

  interface Reactive {
    Mono<String> entry(String key);

    Flux<String> whileAsked(String key);
  }

  public interface Asked {
    Mono<String> get();
  }

  private final Desk desk = new Desk();
  private Blocking far;

  @BeforeEach
  void connect() {
    far = sides.lookup(desk, Blocking.class); // before threads could inherit anything
    assertThat(far.entry("user")).isEqualTo("null");
  }

  @AfterEach
  void clear() {
    MDC.clear();
    far = null;
  }

  @Test
  void aMethodSeesTheEntriesOfItsCallerUntilItReturns() {
    MDC.put("user", "ada");
    assertThat(far.entry("user")).isEqualTo("ada");
    MDC.remove("user");
    assertThat(far.entry("user")).as("on the same worker").isEqualTo("null");
  }

  @Test
  void aReactiveCallTakesTheEntriesOfTheThreadThatSubscribes() {
    MDC.put("user", "ada");
    assertThat(sides.lookup(desk, Reactive.class).entry("user").block(PATIENCE)).isEqualTo("ada");
  }

  @Test
  void onlyWhatBothSidesNameIsThere() {
    MDC.put("session", "near only");
    MDC.put("request", "far only");
    MDC.put("other", "nobody");
    for (String key : List.of("session", "request", "other")) {
      assertThat(far.entry(key)).as(key).isEqualTo("null");
    }
  }

  @Test
  void aMethodThatReturnsAMonoSeesThemNowAndWhileItsMonoIsSubscribedTo() {
    MDC.put("user", "ada");
    assertThat(far.nowAndThen("user")).isEqualTo("ada ada");
    MDC.clear();
    assertThat(far.nowAndThen("user")).isEqualTo("null null");
  }

  @Test
  void aMethodThatReturnsAFluxSeesThemWhileItsFluxIsSubscribedToAndAsked() {
    Reactive reactive = sides.lookup(desk, Reactive.class);
    MDC.put("user", "ada");
    assertThat(reactive.whileAsked("user").limitRate(1).take(5).collectList().block(PATIENCE))
        .hasSize(5)
        .containsOnly("ada");
    MDC.clear();
    assertThat(reactive.whileAsked("user").take(3).collectList().block(PATIENCE))
        .hasSize(3)
        .containsOnly("null");
  }

  @Test
  void elementsThatAreTakenLaterSeeThem() {
    MDC.put("user", "ada");
    assertThat(far.elements("user")).containsExactly("1ada", "2ada");
  }

  @Test
  void aOneWayCallTakesThemAlong() throws Exception {
    MDC.put("user", "ada");
    far.note("user");
    assertThat(desk.notes.poll(20, TimeUnit.SECONDS)).isEqualTo("ada");
  }

  @Test
  void aCallbackSeesTheEntriesOfItsCallerAndThenTheWaitingThreadHasItsOwn() {
    MDC.put("user", "ada");
    MDC.put("other", "mine");
    var seen = new ArrayList<String>();
    far.runAs("bob", () -> seen.add(MDC.get("user") + " " + MDC.get("other")));
    assertThat(seen).containsExactly("bob mine");
    assertThat(MDC.get("user")).isEqualTo("ada");
    MDC.remove("user");
    far.runAs("eve", () -> seen.add(MDC.get("user")));
    assertThat(seen).containsExactly("bob mine", "eve");
    assertThat(MDC.get("user")).isNull();
  }

  @Test
  void whatAMonoCallsLaterTakesThemAlongThoughItsOperatorsDoNotSeeThem() {
    MDC.put("user", "ada");
    Supplier<String> entry = () -> MDC.get("user");
    Asked asked = () -> Mono.just(entry.get());
    assertThat(far.askLater(asked)).isEqualTo("null ada");
  }

  @Test
  void anEntryThatTheMethodChangesIsItsOwn() {
    MDC.put("user", "ada");
    far.runAs("bob", () -> {});
    assertThat(MDC.get("user")).isEqualTo("ada");
    MDC.clear();
    assertThat(far.entry("user")).isEqualTo("null");
  }
}
