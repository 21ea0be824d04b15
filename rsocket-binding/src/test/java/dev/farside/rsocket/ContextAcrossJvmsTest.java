package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import io.micrometer.context.ContextRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Context that travels to another JVM and back: with Micrometer's library there, and without. */
@Timeout(60)
public class ContextAcrossJvmsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String STATE = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";

  private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

  /** The object of the other JVM. */
  public interface Office {
    boolean hasLibrary();

    /** Of the thread. */
    String local();

    String entry();

    /** Of the Reactor context. */
    Mono<List<String>> trace();

    Flux<String> traces();

    /** Of the thread that an operator runs on after a hop. */
    Mono<String> localAfterAHop();

    void run(Runnable action);

    /** Runs an action with other values of the thread. */
    void runAs(String other, Runnable action);

    /** Asks while the thread waits. */
    String ask(Asked asked);
  }

  public interface Asked {
    Mono<String> get();
  }

  interface Reactive {
    Mono<String> local();

    Mono<String> ask(Asked asked);
  }

  static final class PlainOffice implements Office {
    @Override
    public boolean hasLibrary() {
      try {
        Class.forName("io.micrometer.context.ContextRegistry");
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }

    @Override
    public String local() {
      return String.valueOf(LOCAL.get());
    }

    @Override
    public String entry() {
      return String.valueOf(MDC.get("user"));
    }

    @Override
    public Mono<List<String>> trace() {
      return Mono.deferContextual(
          c -> Mono.just(List.of(c.get("traceparent"), c.get("tracestate"))));
    }

    @Override
    public Flux<String> traces() {
      return Flux.range(0, 3)
          .publishOn(Schedulers.parallel())
          .flatMapSequential(
              i -> Mono.deferContextual(c -> Mono.just(i + " " + c.get("traceparent"))));
    }

    @Override
    public Mono<String> localAfterAHop() {
      return Mono.just(0).publishOn(Schedulers.parallel()).map(i -> local());
    }

    @Override
    public void run(Runnable action) {
      action.run();
    }

    @Override
    public void runAs(String other, Runnable action) {
      LOCAL.set(other);
      MDC.put("user", other);
      action.run();
    }

    @Override
    public String ask(Asked asked) {
      return asked.get().block(PATIENCE);
    }
  }

  private static Farside.Builder settings(Farside.Builder builder) {
    return builder.propagate("traceparent", "tracestate", "local").propagateMdc("user");
  }

  /** Without the library, nothing may load what needs it. */
  static final class Plain {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(settings(Farside.builder()).bind("office", new PlainOffice()));
    }
  }

  static final class WithThreadLocal {
    public static void main(String[] args) throws Exception {
      ContextRegistry.getInstance().registerThreadLocalAccessor("local", LOCAL);
      Hooks.enableAutomaticContextPropagation();
      Plain.main(args);
    }
  }

  /** What must be so in either case. */
  abstract static class Everywhere {
    abstract TwoJvms jvms();

    Office office() {
      return jvms().lookup("office", Office.class);
    }

    @AfterEach
    void clear() {
      ContextRegistry.getInstance().removeThreadLocalAccessor("local");
      LOCAL.remove();
      MDC.clear();
    }

    @Test
    void aTraceContextReachesARemoteMono() {
      Mono<List<String>> trace = office().trace();
      assertThat(
              trace
                  .contextWrite(c -> c.put("traceparent", PARENT).put("tracestate", STATE))
                  .block(PATIENCE))
          .containsExactly(PARENT, STATE);
    }

    @Test
    void aTraceContextReachesTheItemsOfARemoteFlux() {
      assertThat(
              office()
                  .traces()
                  .contextWrite(c -> c.put("traceparent", PARENT))
                  .collectList()
                  .block(PATIENCE))
          .containsExactly("0 " + PARENT, "1 " + PARENT, "2 " + PARENT);
    }

    @Test
    void aTraceContextComesBackWithACallback() {
      Asked asked = () -> Mono.deferContextual(c -> Mono.just(c.get("traceparent")));
      assertThat(
              jvms()
                  .lookup("office", Reactive.class)
                  .ask(asked)
                  .contextWrite(c -> c.put("traceparent", PARENT))
                  .block(PATIENCE))
          .isEqualTo(PARENT);
    }

    @Test
    void theLoggingContextGoesThereAndComesBack() {
      Office office = office();
      assertThat(office.entry()).isEqualTo("null");
      MDC.put("user", "ada");
      assertThat(office.entry()).isEqualTo("ada");
      var seen = new CopyOnWriteArrayList<String>();
      office.run(() -> seen.add(MDC.get("user")));
      office.runAs("bob", () -> seen.add(MDC.get("user")));
      assertThat(seen).containsExactly("ada", "bob");
      assertThat(MDC.get("user")).isEqualTo("ada");
      MDC.clear();
      assertThat(office.entry()).isEqualTo("null");
    }
  }

  @Nested
  class WithTheLibrary extends Everywhere {
    @RegisterExtension
    final TwoJvms jvms = TwoJvms.with(WithThreadLocal.class).near(ContextAcrossJvmsTest::settings);

    @Override
    TwoJvms jvms() {
      return jvms;
    }

    @Test
    void aThreadLocalGoesThereAndComesBack() {
      ContextRegistry.getInstance().registerThreadLocalAccessor("local", LOCAL);
      Office office = office();
      assertThat(office.hasLibrary()).isTrue();
      LOCAL.set("here");
      assertThat(office.local()).isEqualTo("here");
      var seen = new CopyOnWriteArrayList<String>();
      office.run(() -> seen.add(LOCAL.get()));
      office.runAs("there", () -> seen.add(LOCAL.get()));
      assertThat(seen).containsExactly("here", "there");
      assertThat(LOCAL.get()).isEqualTo("here");
      LOCAL.remove();
      assertThat(office.local()).isEqualTo("null");
    }

    @Test
    void operatorsThatRunLaterSeeAThreadLocalThatReactorRestores() {
      Mono<String> local = office().localAfterAHop();
      assertThat(local.contextWrite(c -> c.put("local", "here")).block(PATIENCE)).isEqualTo("here");
      assertThat(local.block(PATIENCE)).isEqualTo("null");
    }
  }

  @Nested
  class WithoutTheLibrary extends Everywhere {
    @RegisterExtension
    final TwoJvms jvms =
        TwoJvms.withoutLibrary(Plain.class, "context-propagation")
            .near(ContextAcrossJvmsTest::settings);

    @Override
    TwoJvms jvms() {
      return jvms;
    }

    @Test
    void aThreadLocalOfThatKeyIsLeftAlone() {
      assertThat(office().hasLibrary()).isFalse();
      Mono<String> local = jvms.lookup("office", Reactive.class).local();
      assertThat(local.contextWrite(c -> c.put("local", "here")).block(PATIENCE)).isEqualTo("null");
    }
  }
}
