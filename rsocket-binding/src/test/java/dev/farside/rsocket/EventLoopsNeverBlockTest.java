package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.OneWay;
import dev.farside.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/**
 * Runs all kinds of calls in a JVM in which BlockHound watches the threads that must not wait, and
 * expects that it has nothing to tell.
 */
@Timeout(120)
public class EventLoopsNeverBlockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** At the end of a URI: waits where it must not. */
  private static final String WRONG = " wrong";

  /** One method for each kind of call. */
  public interface Kinds {
    int add(int a, int b);

    int through(IntUnaryOperator callback);

    List<String> live();

    Stream<Integer> stream(int n);

    void fail() throws IOException;

    void sleep() throws InterruptedException;

    @OneWay
    void tell(String news);

    byte[] large(byte[] bytes);

    /** Waits where it must not. */
    Mono<String> wrong();
  }

  /** The same, for callers that do not wait. */
  public interface ReactiveKinds {
    Mono<Integer> add(int a, int b);

    Flux<Integer> stream(int n);

    Flux<Integer> numbers(int n);

    Flux<Integer> twice(Flux<Integer> numbers);

    CompletableFuture<Integer> later();

    Mono<Void> sleep();

    Mono<Void> fail();
  }

  /** What is called. */
  public static final class PlainKinds implements Kinds {
    private final List<String> live = new ArrayList<>(List.of("a", "b"));

    @Override
    public int add(int a, int b) {
      return a + b;
    }

    @Override
    public int through(IntUnaryOperator callback) {
      return callback.applyAsInt(1);
    }

    @Override
    public List<String> live() {
      return live;
    }

    @Override
    public Stream<Integer> stream(int n) {
      return IntStream.range(0, n).boxed();
    }

    /** Known to the reactive face only. */
    public Flux<Integer> numbers(int n) {
      return Flux.range(0, n);
    }

    /** Known to the reactive face only. */
    public Flux<Integer> twice(Flux<Integer> numbers) {
      return numbers.map(n -> 2 * n);
    }

    /** Known to the reactive face only. */
    public CompletableFuture<Integer> later() {
      return CompletableFuture.supplyAsync(() -> 1);
    }

    @Override
    public void fail() throws IOException {
      throw new IOException("expected");
    }

    @Override
    public void sleep() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Override
    public void tell(String news) {
      live.add(news);
    }

    @Override
    public byte[] large(byte[] bytes) {
      return bytes.clone();
    }

    @Override
    public Mono<String> wrong() {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Mono.just(Thread.currentThread() instanceof NonBlocking ? "a loop" : "no loop");
    }
  }

  /** In a JVM of its own, which BlockHound changes: prints what it finds at each URI it is told. */
  static final class Main {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    public static void main(String[] args) throws IOException {
      BlockHound.install(
          builder ->
              allowLocksOfInstructions(builder)
                  .blockingMethodCallback(
                      method -> {
                        var found = new Throwable(Thread.currentThread() + " waits in " + method);
                        if (FOUND.isEmpty()) {
                          found.printStackTrace();
                        }
                        FOUND.add(String.valueOf(found.getMessage()));
                      }));
      System.out.println("ready");
      String uri = OtherJvm.told();
      while (uri != null) {
        System.out.println(found(uri));
        uri = OtherJvm.told();
      }
    }

    private static String found(String uri) {
      FOUND.clear();
      boolean wrong = uri.endsWith(WRONG);
      try (Farside far = Farside.builder().bind("kinds", new PlainKinds()).build();
          Farside near = Farside.create();
          Listener listener = far.listenNow(uri.replace(WRONG, ""));
          Peer peer = near.connectNow(listener.uri())) {
        if (wrong) {
          System.err.println("wrong on " + peer.lookup("kinds", Kinds.class).wrong().block());
        } else {
          callAll(peer);
        }
      }
      return FOUND.isEmpty() ? "nothing" : FOUND.toString();
    }

    /**
     * Netty's allocator and a scheduler's queue keep their books under them; who closes a channel
     * waits for its writer.
     */
    private static BlockHound.Builder allowLocksOfInstructions(BlockHound.Builder builder) {
      String allocator = "io.netty.buffer.AdaptivePoolingAllocator";
      return builder
          .allowBlockingCallsInside(
              "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove")
          .allowBlockingCallsInside("sun.nio.ch.SocketChannelImpl", "implCloseNonBlockingMode")
          .allowBlockingCallsInside(allocator, "allocate")
          .allowBlockingCallsInside(allocator + "$Magazine", "free")
          .allowBlockingCallsInside(allocator + "$Chunk", "release");
    }

    private static void callAll(Peer peer) {
      Kinds kinds = peer.lookup("kinds", Kinds.class);
      ReactiveKinds reactive = peer.lookup("kinds", ReactiveKinds.class);
      for (int i = 0; i < 50; i++) {
        assertThat(kinds.add(i, 1)).isEqualTo(i + 1);
        assertThat(kinds.through(n -> kinds.add(n, n))).isEqualTo(2);
        kinds.tell("news");
        assertThat(kinds.live()).contains("b");
        assertThat(kinds.live().get(0)).isEqualTo("a");
        assertThat(kinds.stream(300).mapToInt(n -> n).sum()).isEqualTo(300 * 299 / 2);
        assertThatThrownBy(kinds::fail).isInstanceOf(IOException.class);
        callReactively(reactive);
      }
      assertThat(kinds.large(new byte[5_000_000])).hasSize(5_000_000);
      assertThatThrownBy(() -> reactive.sleep().timeout(Duration.ofMillis(50)).block(PATIENCE))
          .isInstanceOf(RuntimeException.class)
          .isNotInstanceOf(CallTimeoutException.class);
      System.gc();
      kinds.add(1, 1);
    }

    private static void callReactively(ReactiveKinds kinds) {
      assertThat(
              Flux.range(0, 50)
                  .flatMap(n -> kinds.add(n, 1))
                  .publishOn(Schedulers.parallel())
                  .flatMap(n -> kinds.add(n, 1))
                  .count()
                  .block(PATIENCE))
          .isEqualTo(50);
      assertThat(kinds.stream(1000).count().block(PATIENCE)).isEqualTo(1000);
      assertThat(kinds.numbers(1000).count().block(PATIENCE)).isEqualTo(1000);
      assertThat(kinds.numbers(1_000_000).take(10).count().block(PATIENCE)).isEqualTo(10);
      assertThat(kinds.twice(Flux.range(0, 500)).count().block(PATIENCE)).isEqualTo(500);
      assertThat(kinds.later().join()).isEqualTo(1);
      assertThat(kinds.fail().onErrorComplete(IOException.class).hasElement().block(PATIENCE))
          .isFalse();
    }
  }

  private static OtherJvm watched;

  @BeforeAll
  static void start() {
    List<String> arguments = new ArrayList<>(List.of("-XX:+AllowRedefinitionToAddDeleteMethods"));
    if (Runtime.version().feature() >= 21) {
      arguments.add("-XX:+EnableDynamicAgentLoading");
    }
    OtherJvm.Kind kind = OtherJvm.Kind.like(arguments.toArray(String[]::new));
    watched = OtherJvm.start(Main.class, kind, List.of());
  }

  @AfterAll
  static void end() {
    watched.close();
  }

  private static String found(String uri) {
    watched.tell(uri);
    return watched.nextLine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:0", "ws://127.0.0.1:0", "local://watched"})
  void nothingWaitsOnAnEventLoop(String uri) {
    assertThat(found(uri)).isEqualTo("nothing");
  }

  @Test
  void whatWouldWaitIsFound() {
    assertThat(found("tcp://127.0.0.1:0" + WRONG)).contains("sleep");
  }
}
