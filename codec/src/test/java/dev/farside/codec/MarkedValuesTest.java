package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotPassableException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Classes that are copied because they are marked {@code @ByValue} or registered. */
class MarkedValuesTest {
  private static final String SAMPLES = "dev.farside.codec.Samples$";

  @Test
  void aMarkedClassIsCopiedFieldByField() {
    var copy = (Samples.Money) copy(RoundTrip.plain(), new Samples.Money(5, null));

    assertThat(copy.cents).isEqualTo(5);
    assertThat(copy.currency).isNull();
  }

  @Test
  void transientFieldsAreNotCopied() {
    assertThat(((Samples.Money) copy(RoundTrip.plain(), new Samples.Money(5, null))).cached)
        .isZero();
  }

  @Test
  void theMarkIsInheritedAndSoAreTheFields() {
    var copy = (Samples.Coin) copy(RoundTrip.plain(), new Samples.Coin(5, 2006));

    assertThat(copy.cents).isEqualTo(5);
    assertThat(copy.currency).isEqualTo("EUR");
    assertThat(copy.year).isEqualTo(2006);
  }

  @Test
  void fieldsOfOneNameInClassesOfOneSimpleNameAreKeptApart() {
    var node = new Samples.Tree.Node();
    node.id = 20;
    ((Samples.Node) node).id = 10;
    var copy = (Samples.Tree.Node) copy(RoundTrip.plain(), node);

    assertThat(copy.id).isEqualTo(20);
    assertThat(((Samples.Node) copy).id).isEqualTo(10);
  }

  @Test
  void aRegisteredClassIsCopied() {
    var roundTrip = RoundTrip.withValueTypes(Samples.Plain.class);

    assertThat(((Samples.Plain) copy(roundTrip, new Samples.Plain())).number).isEqualTo(5);
  }

  @Test
  void aMarkedCollectionIsCopiedLikeACollection() {
    var names = new Samples.Names();
    names.add("a");

    assertThat(copy(RoundTrip.plain(), names)).isEqualTo(names).isNotSameAs(names);
  }

  @Test
  void aClassThatIsNoValueAtTheReceiverFailsInWords() {
    var roundTrip = RoundTrip.withSendersValueTypes(Samples.Plain.class);

    assertThatThrownBy(() -> roundTrip.of(new Samples.Plain()))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: "
                + SAMPLES
                + "Plain is copied by the sender, but not here: mark it @ByValue or register it with"
                + " valueType on both sides");
  }

  @Test
  void aClassOfAClosedModuleFailsInWords() {
    var roundTrip = RoundTrip.withValueTypes(AtomicInteger.class);

    assertThatThrownBy(() -> roundTrip.of(new AtomicInteger(1)))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: java.util.concurrent.atomic.AtomicInteger cannot be copied: Java"
                + " does not let us read java.util.concurrent.atomic.AtomicInteger.value; open its"
                + " package to Farside or pass it by reference");
  }

  @Test
  void aFieldThatTheReceiverDoesNotHaveIsPassedOver() {
    byte[] body =
        Wire.bytes(
            "91 96 11 bf'dev.farside.codec.Samples$Money' a3'a.b' 01"
                + " d9 25'dev.farside.codec.Samples$Money.cents' 05");
    var money = (Samples.Money) Objects.requireNonNull(RoundTrip.plain().read(body).get(0));

    assertThat(money.cents).isEqualTo(5);
  }

  @Test
  void aFieldOfAnotherTypeAtTheReceiverFailsInWords() {
    byte[] body =
        Wire.bytes(
            "91 94 11 bf'dev.farside.codec.Samples$Money'"
                + " d9 25'dev.farside.codec.Samples$Money.cents' a1'5'");

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the field "
                + SAMPLES
                + "Money.cents cannot be set: Can not set final int field "
                + SAMPLES
                + "Money.cents to java.lang.String");
  }

  @Test
  void aFieldThatCannotBeRebuiltIsNamed() {
    byte[] body =
        Wire.bytes(
            "91 94 11 bf'dev.farside.codec.Samples$Money'"
                + " d9 28'dev.farside.codec.Samples$Money.currency' 93 01 a3'a.B' a1'C'");

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0].currency: the class a.B is not known here; add it to the"
                + " receiver's class path");
  }

  @Test
  void objectsThatPointToEachOtherFailWithThePath() {
    var boss = new Samples.Employee("boss");
    var clerk = new Samples.Employee("clerk");
    clerk.boss = boss;
    boss.boss = clerk;

    assertThatThrownBy(() -> RoundTrip.plain().write(new Samples.Box<>(clerk)))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0].content.boss.boss: this "
                + SAMPLES
                + "Employee contains itself; a value must not be cyclic");
  }

  @Test
  void anUnmarkedClassIsAReference() {
    var roundTrip = RoundTrip.plain();
    var list = new ArrayList<>();
    var plain = new Samples.Plain();

    assertThat(roundTrip.of(plain)).isSameAs(plain);
    assertThat(roundTrip.of(list)).isSameAs(list);
  }

  private static Object copy(RoundTrip roundTrip, Object value) {
    return Objects.requireNonNull(roundTrip.of(value));
  }
}
