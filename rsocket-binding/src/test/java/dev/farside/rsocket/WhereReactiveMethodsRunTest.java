package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Blocking;
import dev.farside.Farside;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The thread on which another JVM runs a method that gives a Mono or its like. */
@Timeout(60)
public class WhereReactiveMethodsRunTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NAMED = "named";

  /** Tells which thread runs it, in every form. */
  public interface Where {
    Mono<String> mono();

    /** Which thread subscribes. */
    Mono<String> subscribed();

    Flux<String> flux();

    Publisher<String> publisher();

    CompletableFuture<String> future();

    Mono<String> blocking();
  }

  /** Marks one method. */
  public static class Plain implements Where {
    private static String here() {
      return Thread.currentThread().getName();
    }

    @Override
    public Mono<String> mono() {
      return Mono.just(here());
    }

    @Override
    public Mono<String> subscribed() {
      return Mono.fromSupplier(Plain::here);
    }

    @Override
    public Flux<String> flux() {
      return Flux.just(here());
    }

    @Override
    public Publisher<String> publisher() {
      return mono();
    }

    @Override
    public CompletableFuture<String> future() {
      return CompletableFuture.completedFuture(here());
    }

    @Override
    @Blocking
    public Mono<String> blocking() {
      return mono();
    }
  }

  /** Marks all that it inherits. */
  @Blocking
  public static final class AllBlocking extends Plain {}

  private static Farside.Builder builder() {
    return Farside.builder().bind("where", new Plain()).bind("all blocking", new AllBlocking());
  }

  /** A JVM that says nothing of it. */
  static final class Unnamed {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(builder());
    }
  }

  /** A JVM that names a scheduler. */
  static final class Named {
    public static void main(String[] args) throws Exception {
      Scheduler scheduler = Schedulers.newSingle(NAMED);
      try {
        TwoJvms.serve(builder().reactiveOn(scheduler));
      } finally {
        scheduler.dispose();
      }
    }
  }

  @RegisterExtension final TwoJvms unnamed = TwoJvms.with(Unnamed.class);
  @RegisterExtension final TwoJvms named = TwoJvms.with(Named.class);

  private static void assertAllRunOn(Where where, String prefix) throws Exception {
    assertThat(where.mono().block(PATIENCE)).startsWith(prefix);
    assertThat(where.subscribed().block(PATIENCE)).startsWith(prefix);
    assertThat(where.flux().blockLast(PATIENCE)).startsWith(prefix);
    assertThat(Mono.from(where.publisher()).block(PATIENCE)).startsWith(prefix);
    assertThat(where.future().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith(prefix);
  }

  @Test
  void theSchedulerThatTheSideNamesRunsThem() throws Exception {
    assertAllRunOn(named.lookup("where", Where.class), NAMED + "-");
  }

  @Test
  void theEventLoopOfTheConnectionRunsThemIfTheSideNamesNone() throws Exception {
    assertAllRunOn(unnamed.lookup("where", Where.class), "farside-io-");
  }

  @Test
  void aWorkerRunsAMethodThatIsMarkedBlockingWhateverTheSideNames() {
    for (TwoJvms jvms : List.of(named, unnamed)) {
      Where where = jvms.lookup("where", Where.class);
      assertThat(where.blocking().block(PATIENCE)).startsWith("farside-worker-");
    }
  }

  @Test
  void aWorkerRunsAllMethodsOfATypeThatIsMarkedBlockingWhateverTheSideNames() throws Exception {
    for (TwoJvms jvms : List.of(named, unnamed)) {
      assertAllRunOn(jvms.lookup("all blocking", Where.class), "farside-worker-");
    }
  }
}
