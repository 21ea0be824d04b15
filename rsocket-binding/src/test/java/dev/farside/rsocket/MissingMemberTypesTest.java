package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Exposure;
import dev.farside.Farside;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Peer;
import dev.farside.Remotable;
import dev.farside.Remote;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Classes whose methods name a class that is missing on one side. */
@Timeout(60)
public class MissingMemberTypesTest {
  private static final HidingLoader HIDING =
      new HidingLoader(
          Set.of(
              MissingMemberTypesTest.class.getName(),
              Partly.class.getName(),
              OnlyBroken.class.getName(),
              Broken.class.getName()),
          Set.of(Gone.class.getName()));

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  private Service healthy;

  /** Missing. */
  public static class Gone {}

  /** Can be read. */
  @Remotable
  public interface Service {
    String text();

    Flux<Integer> upTo(int end);

    Mono<Integer> sum(Flux<Integer> numbers);
  }

  /** Can be read in part. */
  public static class Partly implements Service {
    public final Gone field = null;

    @Override
    public String text() {
      return "text";
    }

    @Override
    public Flux<Integer> upTo(int end) {
      return Flux.range(1, end);
    }

    @Override
    public Mono<Integer> sum(Flux<Integer> numbers) {
      return numbers.reduce(0, Integer::sum);
    }

    public Gone gone(Gone gone) {
      return gone;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Partly;
    }

    @Override
    public int hashCode() {
      return 7;
    }
  }

  /** Cannot be read. */
  public interface Broken {
    String text();

    Flux<Integer> upTo(int end);

    Mono<Integer> sum(Flux<Integer> numbers);

    Gone gone(Gone gone);
  }

  /** Has nothing that can be read. */
  public static class OnlyBroken implements Broken {
    @Override
    public String text() {
      return "text";
    }

    @Override
    public Flux<Integer> upTo(int end) {
      return Flux.just(end);
    }

    @Override
    public Mono<Integer> sum(Flux<Integer> numbers) {
      return Mono.just(1);
    }

    @Override
    public Gone gone(Gone gone) {
      return gone;
    }
  }

  @BeforeEach
  void bindAnotherObject() {
    healthy = sides.lookup(new Partly(), Service.class);
  }

  private void theConnectionGoesOn() {
    assertThat(healthy.text()).isEqualTo("text");
    assertThat(healthy.sum(Flux.just(1, 2)).block()).isEqualTo(3);
  }

  @Test
  void whatAnInterfaceOfTheObjectTellsCanBeCalled() throws Exception {
    Service service = sides.lookup(HIDING.make(Partly.class), Service.class);
    assertThat(service.text()).isEqualTo("text");
    assertThat(service.upTo(3).collectList().block()).containsExactly(1, 2, 3);
    assertThat(service.sum(Flux.just(1, 2)).block()).isEqualTo(3);
  }

  @Test
  void onlyACallOfWhatIsMissingFailsAndNamesIt() throws Exception {
    Object partly = HIDING.make(Partly.class);
    Object given = sides.lookup((Supplier<Object>) () -> partly, Supplier.class).get();
    assertThat(given).isInstanceOf(Partly.class).hasSameHashCodeAs(partly);
    assertThatThrownBy(() -> ((Partly) given).gone(null))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("Partly.gone(Gone) on ")
        .hasMessageContaining("; it has equals(java.lang.Object), hashCode(), sum(")
        .hasMessageEndingWith(
            "; it may have others, which cannot be read where it is, since a class is missing"
                + " there: "
                + Gone.class.getName());
    assertThat(((Partly) given).text()).isEqualTo("text");
    theConnectionGoesOn();
  }

  @Test
  void aCallOfWhatCannotBeReadAtAllFailsHoweverItIsMade() throws Exception {
    Broken broken = sides.lookup(HIDING.make(OnlyBroken.class), Broken.class);
    String end = "since a class is missing there: " + Gone.class.getName();
    assertThatThrownBy(broken::text)
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageEndingWith(end);
    assertThatThrownBy(() -> broken.upTo(1).blockLast())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageEndingWith(end);
    assertThatThrownBy(() -> broken.sum(Flux.just(1)).block())
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageEndingWith(end);
    theConnectionGoesOn();
  }

  @Test
  void whereTheTypesOfAnArrivingObjectCannotBeReadItIsOfTheOthers() {
    try (Farside near = Farside.builder().classLoader(HIDING).build()) {
      sides.far().bind("partly", (Supplier<Object>) Partly::new);
      Peer peer = near.connectNow(sides.listener().uri());
      Supplier<?> supplier = peer.lookup("partly", Supplier.class);
      Object arrived = supplier.get();
      assertThat(arrived).isInstanceOf(Service.class);
      assertThat(arrived.getClass().getSuperclass()).isSameAs(Object.class);
      assertThat(((Service) arrived).text()).isEqualTo("text");
      Remote.release(arrived);
      sides.far().unbind("partly");
    }
  }

  @Test
  void aFaceThatCannotBeReadIsRefusedInWords() throws Exception {
    Class<?> face = HIDING.loadClass(Broken.class.getName());
    assertThatThrownBy(() -> sides.peer().lookup("name", face))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Nothing can stand in for "
                + face.getName()
                + ": a class that its methods or fields need is missing here: "
                + Gone.class.getName()
                + "; use an interface of it");
  }

  @Test
  void whatIsMarkedCanBeCalledOfAClassThatCannotBeRead() throws Exception {
    ExportedType type = ExportedType.of(HIDING.make(Partly.class), Exposure.ANNOTATED);
    assertThat(type.named("text")).hasSize(1);
  }

  @Test
  void constructorsAndStaticMethodsThatCanBeReadAreCalled() throws Exception {
    ExportedType type = ExportedType.ofStatics(HIDING.loadClass(Partly.class.getName()));
    assertThat(type.named("<init>")).hasSize(1);
    assertThat(type.noSuchMethod("gone()").getMessage()).endsWith(Gone.class.getName());
  }
}
