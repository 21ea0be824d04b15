package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotPassableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final String SAMPLES = "dev.farside.codec.Samples$";

  @Test
  void aRecordOfWhatIsNotCopiedHoldsReferences() {
    var roundTrip = RoundTrip.plain();
    Runnable lambda = () -> {};

    assertThat(roundTrip.of(new Samples.Box<>(lambda))).isEqualTo(new Samples.Box<>(lambda));
    assertThat(roundTrip.references().sent).containsExactly(lambda);
  }

  @SuppressWarnings("ArrayRecordComponent") // what variable arity is
  record Texts(String... texts) {}

  @SuppressWarnings("ArrayRecordComponent") // what variable arity is
  record Things(String first, Object... others) {}

  @SuppressWarnings("ArrayRecordComponent") // what variable arity is
  record Numbers(int... numbers) {}

  @Test
  void aConstructorOfVariableArityIsGivenItsArray() {
    var roundTrip = RoundTrip.plain();

    for (String[] texts : new String[][] {{}, {"a"}, {"a", "b"}, null}) {
      assertThat(roundTrip.of(new Texts(texts)))
          .isInstanceOfSatisfying(Texts.class, copy -> assertThat(copy.texts()).isEqualTo(texts));
    }
    assertThat(roundTrip.of(new Things("a", 1, "b")))
        .isInstanceOfSatisfying(
            Things.class, copy -> assertThat(copy.others()).containsExactly(1, "b"));
    assertThat(roundTrip.of(new Numbers(1, 2)))
        .isInstanceOfSatisfying(
            Numbers.class, copy -> assertThat(copy.numbers()).containsExactly(1, 2));
  }

  @Test
  void aReferenceIsResolvedToTheTypeOfItsComponent() {
    var roundTrip = RoundTrip.plain();
    roundTrip.of(new Samples.Order("me", new java.util.ArrayList<>(List.of(1))));

    assertThat(roundTrip.references().expected).containsExactly(List.class);
  }

  @Test
  void theReceiversConstructorHasTheLastWord() {
    Samples.Positive.checked = false;
    byte[] body = RoundTrip.plain().write(new Samples.Positive(-1));
    Samples.Positive.checked = true;

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the constructor of "
                + SAMPLES
                + "Positive(int number) refused it:"
                + " java.lang.IllegalArgumentException: not positive: -1")
        .cause()
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAccessorThatThrowsFailsWithThePath() {
    assertThatThrownBy(() -> RoundTrip.plain().of(List.of(1, new Samples.Unreadable(1))))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0][1]: the accessor number() threw"
                + " java.lang.IllegalStateException: not today");
  }

  @Test
  void aRecordThatTheReceiverDoesNotHaveFailsInWords() {
    var roundTrip = RoundTrip.plain().receivedBy(new ForgetfulLoader(Samples.Point.class));

    assertThatThrownBy(() -> roundTrip.of(List.of(new Samples.Point(1, 2))))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0][0]: the class "
                + SAMPLES
                + "Point is not known here; add it to the receiver's class path");
  }

  @Test
  void aRecordOfAnotherVersionFailsInWords() {
    byte[] body = Wire.bytes("91 93 02 d9 26'dev.farside.codec.Samples$Point(int x)' 01");

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the record is "
                + SAMPLES
                + "Point(int x) at the sender and "
                + SAMPLES
                + "Point(int x,int y) here; both sides need the same version");
  }

  @Test
  void aClassInTheRecordsPlaceFailsInWords() {
    byte[] body = Wire.bytes("91 92 02 b2'java.lang.String()'");

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: java.lang.String is a record at the sender, but not here");
  }

  @Test
  void anEnumConstantThatTheReceiverDoesNotHaveFailsInWords() {
    byte[] body = Wire.bytes("91 93 01 d9 1f'dev.farside.codec.Samples$Color' a4'BLUE'");

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the enum "
                + SAMPLES
                + "Color has no constant BLUE here, but RED, GREEN; both sides need the same version");
  }

  @Test
  void aClassInTheEnumsPlaceFailsInWords() {
    byte[] body = Wire.bytes("91 93 01 b0'java.lang.String' a4'BLUE'");

    assertThatThrownBy(() -> RoundTrip.plain().read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass args[0]: java.lang.String is an enum at the sender, but not here");
  }

  @Test
  void anUnknownClassAsAValueIsAReference() {
    var roundTrip = RoundTrip.plain().receivedBy(new ForgetfulLoader(Samples.Point.class));

    assertThat(roundTrip.of(Samples.Point.class)).isSameAs(Samples.Point.class);
  }

  @Test
  void anUnknownClassFailsInWords() {
    var roundTrip = RoundTrip.plain().receivedBy(new ForgetfulLoader(Samples.Point.class));

    assertThatThrownBy(() -> roundTrip.of(new Samples.Point(1, 2)))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the class "
                + SAMPLES
                + "Point is not known here; add it to the receiver's class path");
  }
}
