package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.NoSuchNameException;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.rsocket.TwoSides.Transport;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Objects offered by name, and who the peer is. */
class NamesTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  private Supplier<?> lookup(String name) {
    return sides.peer().lookup(name, Supplier.class);
  }

  private static Supplier<Object> giving(Object value) {
    return () -> value;
  }

  @Test
  void aNameMayBeBoundWhileConnected() {
    sides.peer();
    sides.far().bind("late", giving(1));
    assertThat(lookup("late").get()).isEqualTo(1);
  }

  @Test
  void rebindingServesLaterCallsOfEarlierProxies() {
    sides.far().bind("name", giving(1));
    Supplier<?> here = lookup("name");
    assertThat(here.get()).isEqualTo(1);
    sides.far().bind("name", giving(2));
    assertThat(here.get()).isEqualTo(2);
  }

  @Test
  void anUnboundNameIsMissing() {
    sides.far().bind("a", giving(1)).bind("b", giving(2)).bind("c", giving(3));
    Supplier<?> here = lookup("b");
    sides.far().unbind("b");
    sides.far().unbind("never bound");
    assertThatThrownBy(here::get)
        .isInstanceOf(NoSuchNameException.class)
        .hasMessage("Nothing is bound to \"b\"; bound are [a, c]");
  }

  @Test
  void aMissingNameFailsEveryKindOfCall() {
    assertThatThrownBy(() -> lookup("nobody").get())
        .isInstanceOf(NoSuchNameException.class)
        .hasMessage("Nothing is bound to \"nobody\"; bound are []");
    interface Later {
      Mono<Object> get();
    }
    StepVerifier.create(sides.peer().lookup("nobody", Later.class).get())
        .verifyError(NoSuchNameException.class);
    StepVerifier.create(Remote.ref(lookup("nobody")).stream("get"))
        .verifyError(NoSuchNameException.class);
  }

  @Test
  void lookupSendsNothing() {
    long before = sides.peer().stats().requestsSent();
    Supplier<?> here = lookup("later");
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
    sides.far().bind("later", giving(1));
    assertThat(here.get()).isEqualTo(1);
  }

  @Test
  void oneNameIsOneProxy() {
    Supplier<?> here = lookup("name");
    assertThat(lookup("name")).isSameAs(here);
    assertThat(lookup("other")).isNotSameAs(here);
  }

  @Test
  void theNamesAreThoseBoundNow() {
    assertThat(sides.peer().names()).isEmpty();
    sides.far().bind("a", giving(1)).bind("b", giving(1));
    assertThat(sides.peer().names()).containsExactlyInAnyOrder("a", "b");
    sides.far().unbind("a");
    assertThat(sides.peer().names()).containsExactly("b");
  }

  @Test
  void theEmptyNameCannotBeBound() {
    assertThatThrownBy(() -> sides.far().bind("", giving(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An object cannot be bound to the empty name");
    assertThatThrownBy(() -> Farside.builder().bind("", giving(1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An object cannot be bound to the empty name");
  }

  @Test
  void anyNameIsAName() {
    for (String name : new String[] {" ", "a/b", "ä€😀", "x".repeat(1000)}) {
      sides.far().bind(name, giving(name));
      assertThat(lookup(name).get()).isEqualTo(name);
    }
  }

  @Test
  void theListeningSideCallsTheOneThatConnected() {
    sides.near().bind("here", giving("near"));
    assertThat(sides.peerOfFar().lookup("here", Supplier.class).get()).isEqualTo("near");
  }

  @Test
  void everySideHearsOfEveryPeer() throws InterruptedException {
    BlockingQueue<Peer> heard = new LinkedBlockingQueue<>();
    BlockingQueue<Peer> told = new LinkedBlockingQueue<>();
    try (Farside far = Farside.builder().onPeer(told::add).build();
        Farside near = Farside.builder().onPeer(told::add).build();
        var listener = far.listenNow("tcp://127.0.0.1:0")) {
      far.peers().subscribe(heard::add);
      near.peers().subscribe(heard::add);
      Peer peer = near.connectNow(listener.uri());
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(peer.names()).isEmpty();
    }
  }

  @Test
  void theStreamOfPeersEndsWithItsSide() {
    Farside side = Farside.create();
    StepVerifier.create(side.peers())
        .then(side::close)
        .expectComplete()
        .verify(Duration.ofSeconds(10));
  }

  interface Asks {
    Object ask();

    Mono<Object> askLater();
  }

  @Test
  void insideACallTheCallerIsTheCurrentPeer() {
    var there =
        new Asks() {
          @Override
          public Object ask() {
            return Peer.current() == sides.peerOfFar();
          }

          @Override
          public Mono<Object> askLater() {
            return Mono.just(Peer.current() == sides.peerOfFar());
          }
        };
    Asks here = sides.lookup(there, Asks.class);
    assertThat(here.ask()).isEqualTo(true);
    assertThat(here.askLater().block()).isEqualTo(true);
    sides.far().bind("caller", (Supplier<Object>) () -> Peer.current().names());
    sides.near().bind("mine", giving(1));
    assertThat(lookup("caller").get()).isEqualTo(java.util.Set.of("mine"));
  }

  @Test
  void insideACallbackTheCurrentPeerIsWhoCallsBackAndThenAgainWhoCalled() {
    UnaryOperator<Supplier<Object>> there =
        callback -> {
          Object inside = callback.get();
          return giving(inside.equals(true) && Peer.current() == sides.peerOfFar());
        };
    sides.far().bind("there", there);
    @SuppressWarnings("unchecked")
    UnaryOperator<Supplier<Object>> here = sides.peer().lookup("there", UnaryOperator.class);
    assertThat(here.apply(() -> Peer.current() == sides.peer()).get()).isEqualTo(true);
  }

  @Test
  void outsideACallThereIsNoCurrentPeer() {
    sides.peer();
    assertThatThrownBy(Peer::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call");
  }

  @Test
  void aNameComesHomeAsTheObjectThatIsBoundToIt() {
    Supplier<Object> bound = giving(1);
    sides.far().bind("bound", bound);
    sides.far().bind("same", (UnaryOperator<Object>) o -> o == bound);
    Object proxy = lookup("bound");
    @SuppressWarnings("unchecked")
    UnaryOperator<Object> same = sides.peer().lookup("same", UnaryOperator.class);
    assertThat(same.apply(proxy)).isEqualTo(true);
    sides.far().unbind("bound");
    assertThatThrownBy(() -> same.apply(proxy))
        .hasMessage(
            "the name \"bound\" came home, but is not there any more; keep a reference while it is"
                + " in use");
  }

  @Test
  void toStringOfANameNeverFails() {
    assertThat(lookup("nobody").toString())
        .isEqualTo("\"nobody\"@" + sides.peer() + " (unreachable)");
    Supplier<?> here = lookup("a");
    sides.far().bind("a", giving(1));
    String peer = sides.peer().toString();
    sides.peer().close();
    assertThat(here.toString()).isEqualTo("\"a\"@" + peer + " (disconnected)");
  }

  @Test
  void toStringOnAnEventLoopMakesNoCall() {
    sides.far().bind("a", giving("x"));
    Supplier<?> here = lookup("a");
    String text =
        Mono.fromSupplier(here::toString)
            .subscribeOn(reactor.core.scheduler.Schedulers.parallel())
            .block();
    assertThat(text).isEqualTo("\"a\"@" + sides.peer());
  }
}
