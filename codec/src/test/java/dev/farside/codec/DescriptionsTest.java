package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What travels with a reference to an object that has public final fields. */
class DescriptionsTest {
  /** Not public itself. */
  static class HiddenBadge extends Badge {
    public final String hidden = String.valueOf("hidden");
    public String open = "open";

    HiddenBadge(int number, @Nullable Object holder) {
      super(number, holder);
    }
  }

  private static final Object LAMBDA = (Runnable) () -> {};

  private final RoundTrip trip = RoundTrip.copyingCollections();

  private Map<String, Object> described(Object object) {
    assertThat(trip.of(object)).isSameAs(object);
    return byName(trip.references().described.get(0));
  }

  private static Map<String, Object> byName(@Nullable Map<Field, Object> values) {
    return values == null
        ? Map.of()
        : values.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().getName(), Map.Entry::getValue));
  }

  @Test
  void theyAreTheFinalOnesOfPublicClasses() {
    assertThat(described(new HiddenBadge(7, "Ada")))
        .isEqualTo(Map.of("number", 7, "holder", "Ada"));
  }

  @Test
  void aFieldThatHoldsNullIsNotTold() {
    assertThat(described(new Badge(7, null))).isEqualTo(Map.of("number", 7));
  }

  @Test
  void aFieldMayReferToAnotherObjectWithFields() {
    var inner = new Badge(8, LAMBDA);
    assertThat(described(new Badge(7, inner))).containsEntry("holder", inner);
    assertThat(byName(trip.references().described.get(1)))
        .isEqualTo(Map.of("number", 8, "holder", LAMBDA));
  }

  @Test
  void aCollectionInAFieldStaysLiveWhoeverGetsItFirst() {
    List<Object> list = new ArrayList<>(List.of(1));
    assertThat(described(new Badge(7, list)).get("holder")).isSameAs(list);
  }

  @Test
  void objectsThatReferToEachOtherAreToldOnce() {
    Object[] holder = new Object[1];
    var badge = new Badge(7, (Object) holder);
    holder[0] = badge;
    Object[] arrived = (Object[]) described(badge).get("holder");
    assertThat(arrived).containsExactly(badge);
  }

  @Test
  void aLongChainIsToldUpToALimitAndReferredToBeyond() {
    Badge chain = new Badge(0, null);
    for (int i = 1; i <= 10_000; i++) {
      chain = new Badge(i, chain);
    }
    assertThat(described(chain)).containsEntry("number", 10_000);
    assertThat(trip.references().described).hasSize(Limits.DEFAULT.depth() / 2);
  }

  @Test
  void manyObjectsAreToldUpToALimitAndReferredToBeyond() {
    List<Badge> badges = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      badges.add(new Badge(i, null));
    }
    assertThat(trip.of(badges)).isEqualTo(badges);
    assertThat(trip.references().described).hasSize(1024);
  }

  @Test
  void whatComesHomeIsNotTold() {
    var badge = new Badge(7, null);
    trip.references().home.add(badge);
    assertThat(described(badge)).isEmpty();
  }

  @Test
  void aFieldThatCannotBePassedIsNamed() {
    Object[] cyclic = new Object[1];
    cyclic[0] = cyclic;
    assertThatThrownBy(() -> trip.of(new Badge(7, cyclic)))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0].holder[0]: this [Ljava.lang.Object; contains itself; a value must"
                + " not be cyclic");
  }

  @Test
  void whatThisSideDoesNotHaveIsPassedOver() {
    trip.references().sent.add("an object");
    for (String field :
        List.of(
            "be'dev.farside.codec.Badge.absent' 07",
            "be'dev.farside.codec.Absent.field' 07",
            "be'dev.farside.codec.Badge.number' a161",
            "be'dev.farside.codec.Badge.number' c0",
            "a6'Badge.' 07",
            "a5'Badge' 07",
            "b5'java.lang.Integer.MIN' 07",
            "b4'java.awt.Point.never' 07")) {
      assertThat(trip.read(Wire.bytes("91 94 12 d40000" + field))).containsExactly("an object");
      assertThat(trip.references().described.get(0)).as(field).isEmpty();
    }
  }

  @Test
  void aReferenceWithHalfAFieldIsRefused() {
    assertThatThrownBy(() -> trip.read(Wire.bytes("91 93 12 d40000 a161")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageEndingWith("a reference with fields has 2 parts");
    assertThatThrownBy(() -> trip.read(Wire.bytes("91 92 12 07")))
        .isInstanceOf(ProtocolException.class);
  }
}
