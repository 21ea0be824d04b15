package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.NotPassableException;
import dev.farside.OneWay;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One-way calls that a method sends to its caller, and what the caller hears of its own call. */
@Timeout(60)
class OneWayCallbacksTest {
  private static final int NOTES = 5;

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** Hears notes. */
  public interface Listener {
    @OneWay
    void note(int number);
  }

  /** Notes, and fails. */
  public interface Failing {
    void block(Listener listener);

    Mono<Integer> mono(Listener listener);

    Flux<Integer> flux(Listener listener);

    Stream<Integer> stream(Listener listener);

    Mono<Object> unpassable(Listener listener);

    Flux<Object> unpassables(Listener listener);
  }

  private static final class PlainFailing implements Failing {
    private static IllegalStateException fail(Listener listener) {
      IntStream.range(0, NOTES).forEach(listener::note);
      return new IllegalStateException("expected");
    }

    @Override
    public void block(Listener listener) {
      throw fail(listener);
    }

    @Override
    public Mono<Integer> mono(Listener listener) {
      return Mono.error(() -> fail(listener));
    }

    @Override
    public Flux<Integer> flux(Listener listener) {
      return Flux.error(() -> fail(listener));
    }

    @Override
    public Stream<Integer> stream(Listener listener) {
      return Stream.of(1)
          .map(
              i -> {
                throw fail(listener);
              });
    }

    @Override
    public Mono<Object> unpassable(Listener listener) {
      return Mono.fromSupplier(
          () -> {
            fail(listener);
            Object[] cycle = new Object[1];
            cycle[0] = cycle;
            return cycle;
          });
    }

    @Override
    public Flux<Object> unpassables(Listener listener) {
      return unpassable(listener).flux();
    }
  }

  private enum Way {
    BLOCK((failing, listener) -> failing.block(listener)),
    MONO((failing, listener) -> failing.mono(listener).block()),
    FLUX((failing, listener) -> failing.flux(listener).blockLast()),
    STREAM((failing, listener) -> failing.stream(listener).forEach(i -> {})),
    UNPASSABLE((failing, listener) -> failing.unpassable(listener).block()),
    UNPASSABLES((failing, listener) -> failing.unpassables(listener).blockLast());

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final BiConsumer<Failing, Listener> call;

    Way(BiConsumer<Failing, Listener> call) {
      this.call = call;
    }

    Class<? extends RuntimeException> failure() {
      return name().startsWith("UNPASSABLE")
          ? NotPassableException.class
          : IllegalStateException.class;
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aFailureIsToldWhenTheOneWayCallbacksBeforeItHaveRun(Way way) {
    Failing failing = sides.lookup(new PlainFailing(), Failing.class);
    var heard = new AtomicInteger();
    assertThatThrownBy(
            () ->
                way.call.accept(
                    failing,
                    number -> {
                      sides.peer().names(); // what has been sent before has come in by then
                      heard.incrementAndGet();
                    }))
        .isInstanceOf(way.failure());
    assertThat(heard).hasValue(NOTES);
  }

  /** Hears of changes, and asks their source. */
  public interface Subscriber {
    @OneWay
    Mono<Void> changed(Source source);

    Mono<Integer> version();

    Flux<Integer> versions();
  }

  /** Asks its subscriber. */
  public interface Source {
    Mono<Integer> fetch();

    Flux<Integer> fetchAll();
  }

  private static final class PlainSubscriber implements Subscriber {
    private final AtomicInteger version = new AtomicInteger();

    @Override
    public Mono<Void> changed(Source source) {
      return source
          .fetch()
          .concatWith(source.fetchAll())
          .doOnNext(seen -> version.incrementAndGet())
          .then();
    }

    @Override
    public Mono<Integer> version() {
      return Mono.fromSupplier(version::get);
    }

    @Override
    public Flux<Integer> versions() {
      return version().flux();
    }
  }

  @Test
  void whatAMonoOfAOneWayMethodCallsThroughItsCallerIsPartOfIt() {
    Subscriber subscriber = sides.lookup(new PlainSubscriber(), Subscriber.class);
    subscriber
        .changed(
            new Source() {
              @Override
              public Mono<Integer> fetch() {
                return subscriber.version();
              }

              @Override
              public Flux<Integer> fetchAll() {
                return subscriber.versions();
              }
            })
        .block();
    assertThat(subscriber.version().block()).isEqualTo(2);
  }

  /** Tells the other of its change, and asks the other when told of one. */
  public interface Node {
    @OneWay
    void changed();

    @dev.farside.Timeout(500)
    int version();
  }

  private static final class PlainNode implements Node {
    private final CyclicBarrier bothAreTold;
    private final CompletableFuture<Boolean> timedOut = new CompletableFuture<>();
    private @Nullable Node other;

    PlainNode(CyclicBarrier bothAreTold) {
      this.bothAreTold = bothAreTold;
    }

    @Override
    public void changed() {
      try {
        bothAreTold.await();
        requireNonNull(other).version();
        timedOut.complete(false);
      } catch (CallTimeoutException e) {
        timedOut.complete(true);
      } catch (Exception e) {
        timedOut.completeExceptionally(e);
      }
    }

    @Override
    public int version() {
      return 1;
    }
  }

  @Test
  void oneWayMethodsOfTwoSidesThatAskEachOtherAreEndedByTheirTimeLimit() {
    var bothAreTold = new CyclicBarrier(2);
    var near = new PlainNode(bothAreTold);
    var far = new PlainNode(bothAreTold);
    sides.near().bind("node", near);
    Node farAtNear = sides.lookup(far, Node.class);
    Node nearAtFar = sides.peerOfFar().lookup("node", Node.class);
    near.other = farAtNear;
    far.other = nearAtFar;
    farAtNear.changed();
    nearAtFar.changed();
    assertThat(near.timedOut.join() || far.timedOut.join()).isTrue(); // which frees the other
    far.timedOut.join();
    assertThat(farAtNear.version() + nearAtFar.version()).isEqualTo(2);
  }
}
