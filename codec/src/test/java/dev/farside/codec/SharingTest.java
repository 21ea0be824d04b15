package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One object in two places of a message is one object at the receiver. */
class SharingTest {
  static Stream<Named<Object>> composites() {
    return Stream.of(
        named("record", new Samples.Point(1, 2)),
        named("array of objects", new Object[] {1}),
        named("array of primitives", new int[] {1}),
        named("immutable list", List.of(1, 2)),
        named("immutable map", Map.of(1, 2)),
        named("mutable list", new ArrayList<>(List.of(1))),
        named("atom", BigInteger.valueOf(5)),
        named("optional", Optional.of(1)),
        named("marked value", new Samples.Money(5, null)),
        named("exception", new IllegalStateException("a")));
  }

  @ParameterizedTest
  @MethodSource("composites")
  void aValueInTwoArgumentsArrivesAsOne(Object value) {
    var roundTrip = RoundTrip.copyingCollections();
    List<@Nullable Object> copies = roundTrip.read(roundTrip.write(value, value));

    assertThat(copies.get(0)).isNotSameAs(value).isSameAs(copies.get(1));
  }

  @ParameterizedTest
  @MethodSource("composites")
  void aValueDeepInsideIsSharedToo(Object value) {
    var roundTrip = RoundTrip.copyingCollections();
    List<@Nullable Object> copies =
        roundTrip.read(roundTrip.write(new Samples.Box<>(new Object[] {value}), value));

    assertThat(copies.get(0))
        .extracting("content")
        .asInstanceOf(InstanceOfAssertFactories.array(Object[].class))
        .satisfies(content -> assertThat(content[0]).isSameAs(copies.get(1)));
  }

  @Test
  void equalValuesThatAreNotTheSameStayTwo() {
    var roundTrip = RoundTrip.plain();
    List<@Nullable Object> copies =
        roundTrip.read(roundTrip.write(new Samples.Point(1, 2), new Samples.Point(1, 2)));

    assertThat(copies.get(0)).isEqualTo(copies.get(1)).isNotSameAs(copies.get(1));
  }

  @Test
  void aThousandSharedValuesArriveAsTheirOwn() {
    var points = new ArrayList<Samples.Point>();
    for (int i = 0; i < 1000; i++) {
      points.add(new Samples.Point(i, i));
    }
    points.addAll(List.copyOf(points));
    var copies = (List<?>) Objects.requireNonNull(RoundTrip.copyingCollections().of(points));

    assertThat(copies).isEqualTo(points);
    for (int i = 0; i < 1000; i++) {
      assertThat((Object) copies.get(i)).isSameAs(copies.get(1000 + i));
    }
  }

  @Test
  void sharingEndsWithTheMessage() {
    var roundTrip = RoundTrip.plain();
    var point = new Samples.Point(1, 2);

    assertThat(roundTrip.write(point)).isEqualTo(roundTrip.write(point));
  }

  @Test
  void aReferenceInTwoPlacesIsOneEntry() {
    var roundTrip = RoundTrip.plain();
    Runnable lambda = () -> {};

    assertThat(roundTrip.of(List.of(lambda, lambda))).isEqualTo(List.of(lambda, lambda));
    assertThat(roundTrip.references().sent).containsExactly(lambda);
  }

  @Test
  void aCyclicArrayFailsWithThePath() {
    Object[] array = new Object[1];
    array[0] = array;

    assertRefused(
        "args[1][0]: this [Ljava.lang.Object; contains itself; a value must not be cyclic",
        1,
        array);
  }

  @Test
  void aCycleThroughARecordAndAListFailsWithThePath() {
    Object[] owner = new Object[1];
    var items = new ArrayList<Object>(List.of(1, 2, 3));
    var order = new Samples.Order("me", items);
    items.set(2, new Samples.Box<>(owner));
    owner[0] = order;

    assertRefused(
        "args[0].items[2].content[0]: this dev.farside.codec.Samples$Order contains itself; a value"
            + " must not be cyclic",
        order);
  }

  @Test
  void aCycleThroughAReferenceIsNone() {
    var roundTrip = RoundTrip.plain();
    var items = new ArrayList<Object>();
    var order = new Samples.Order("me", items);
    items.add(order);

    var copy = (Samples.Order) roundTrip.of(order);

    assertThat(copy).extracting(Samples.Order::items).isSameAs(items);
  }

  @ParameterizedTest
  @CsvSource({
    "91 d40100, 4, a value points to one that did not come before it",
    "91 d401ff, 4, a value points to one that did not come before it",
    "91 92 09 d40100, 6, a value points to one that did not come before it",
    "91 92 06 00, 4, a type has the number 0 of 0"
  })
  void aPointerToNothingIsRefused(String body, int position, String what) {
    byte[] bytes = Wire.bytes(body);

    assertThatThrownBy(() -> RoundTrip.plain().read(bytes))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(
            "Malformed message body at byte " + position + " of " + bytes.length + ": " + what);
  }

  private static void assertRefused(String what, Object... arguments) {
    assertThatThrownBy(() -> RoundTrip.copyingCollections().write(arguments))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass " + what);
  }
}
