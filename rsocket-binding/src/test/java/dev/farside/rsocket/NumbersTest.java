package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers widen as Java widens primitives, and never narrow. */
class NumbersTest {
  private static final List<Object> ONES = List.of((byte) 1, (short) 1, '\1', 1, 1L, 1f, 1d, true);

  /** Which boxes each box of {@link #ONES} widens to. */
  static Stream<Arguments> widenings() {
    return Stream.of(
        Arguments.of((byte) 1, List.of((short) 1, 1, 1L, 1f, 1d)),
        Arguments.of((short) 1, List.of(1, 1L, 1f, 1d)),
        Arguments.of('\1', List.of(1, 1L, 1f, 1d)),
        Arguments.of(1, List.of(1L, 1f, 1d)),
        Arguments.of(1L, List.of(1f, 1d)),
        Arguments.of(1f, List.of(1d)),
        Arguments.of(1d, List.of()),
        Arguments.of(true, List.of()),
        Arguments.of("1", List.of()));
  }

  @ParameterizedTest
  @MethodSource("widenings")
  void aNumberWidensToTheseAndNoOthers(Object value, List<Object> widened) {
    for (Object one : ONES) {
      boolean expected = widened.contains(one);
      assertThat(Numbers.widens(value.getClass(), one.getClass()))
          .as("%s to %s", value.getClass(), one.getClass())
          .isEqualTo(expected);
      assertThat(Numbers.widen(value, one.getClass())).isEqualTo(expected ? one : value);
    }
  }

  @Test
  void nothingStaysNothing() {
    assertThat(Numbers.widen(null, Long.class)).isNull();
  }

  @Test
  void valuesAreKept() {
    assertThat(Numbers.widen(Integer.MIN_VALUE, Long.class)).isEqualTo((long) Integer.MIN_VALUE);
    assertThat(Numbers.widen(Long.MAX_VALUE, Double.class)).isEqualTo((double) Long.MAX_VALUE);
    assertThat(Numbers.widen(Character.MAX_VALUE, Integer.class)).isEqualTo(65_535);
    assertThat(Numbers.widen((byte) -1, Short.class)).isEqualTo((short) -1);
    assertThat(Numbers.widen(Float.NaN, Double.class)).isEqualTo(Double.NaN);
  }

  @Test
  void aPrimitiveHasABoxAndOtherTypesAreTheirOwn() {
    assertThat(Numbers.boxed(int.class)).isEqualTo(Integer.class);
    assertThat(Numbers.boxed(char.class)).isEqualTo(Character.class);
    assertThat(Numbers.boxed(void.class)).isEqualTo(Void.class);
    assertThat(Numbers.boxed(Integer.class)).isEqualTo(Integer.class);
    assertThat(Numbers.boxed(String.class)).isEqualTo(String.class);
    assertThat(Numbers.boxed(int[].class)).isEqualTo(int[].class);
  }
}
