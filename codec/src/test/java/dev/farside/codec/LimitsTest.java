package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void twoSidesAcceptTheSmallerOfEach() {
    assertThat(new Limits(1, 20, 300).and(new Limits(100, 2, 3000)))
        .isEqualTo(new Limits(1, 2, 300));
  }

  @Test
  void theMessageSizeIsSetAlone() {
    assertThat(Limits.DEFAULT.withMessageSize(5)).isEqualTo(new Limits(5, 256, 65_536));
  }
}
