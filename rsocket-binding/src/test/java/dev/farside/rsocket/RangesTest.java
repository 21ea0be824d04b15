package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ProtocolException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 130, 20_000})
  void whatIsTakenApartIsPutTogether(int length) {
    var random = new Random(length);
    for (int one : new int[] {1, 2, 3, 1000}) {
      int[] array = new int[length];
      for (int i = 0; i < length; i++) {
        array[i] = random.nextInt(one) == 0 ? i + 1 : 0;
      }
      Ranges ranges = Ranges.where(length, i -> array[i] != 0);
      int[] content = (int[]) ranges.of(array);
      assertThat(content).doesNotContain(0);
      int[] copy = new int[length];
      Ranges.decode(ranges.coded(), content.length, length)
          .forEach((offset, from, n) -> System.arraycopy(content, from, copy, offset, n));
      assertThat(copy).isEqualTo(array);
    }
  }

  @Test
  void theOnlyRangeIsItsOffset() {
    assertThat(Ranges.where(9, i -> i == 4 || i == 5).coded()).isEqualTo(4);
    assertThat(Ranges.where(9, i -> false).coded()).isEqualTo(0);
    assertThat(Ranges.where(400, i -> i == 2 || i > 200).coded())
        .isEqualTo(new byte[] {2, 1, (byte) 0xc6, 1});
  }

  @Test
  void rangesOutsideOfTheArrayAreRefused() {
    assertRefused(-1, 1, "The peer changed 1 elements at -1 of an array of 10");
    assertRefused(10, 1, "The peer changed 1 elements at 10 of an array of 10");
    assertRefused(Integer.MAX_VALUE, 2, "The peer changed 2 elements at 2147483647 of an array");
    assertRefused(new byte[] {8, 1, 1}, 2, "The peer changed 1 elements at 10 of an array of 10");
    assertRefused(new byte[] {0, 3, 1}, 2, "The peer changed -1 elements at 4 of an array of 10");
    assertRefused(new byte[] {0, 1}, 2, "The peer changed ranges that do not have 2");
    assertRefused(new byte[] {}, 2, "The peer changed ranges that do not have 2");
    assertRefused(new byte[] {-1}, 2, "The peer changed ranges whose bounds are no numbers");
    assertRefused(
        new byte[] {-1, -1, -1, -1, -1, 1}, 2, "The peer changed ranges whose bounds are no");
    assertRefused("x", 2, "The peer changed an array where it says x");
  }

  private static void assertRefused(Object coded, int elements, String why) {
    assertThatThrownBy(() -> Ranges.decode(coded, elements, 10))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessageStartingWith(why);
  }
}
