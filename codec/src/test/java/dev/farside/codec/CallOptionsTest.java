package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallOptionsTest {
  private static final CallOptions NONE = new CallOptions(0);

  @Test
  void nothingIsSetAtFirst() {
    assertThat(NONE.has(CallOptions.STREAM)).isFalse();
    assertThat(NONE.channelArgument()).isEqualTo(-1);
  }

  @Test
  void optionsAddUp() {
    CallOptions options = NONE.with(CallOptions.STREAM).with(CallOptions.RESTORE_ARRAYS);

    assertThat(options.has(CallOptions.STREAM)).isTrue();
    assertThat(options.has(CallOptions.RESTORE_ARRAYS)).isTrue();
    assertThat(options.has(CallOptions.COPY_COLLECTIONS)).isFalse();
    assertThat(options.bits()).isEqualTo(10);
  }

  @Test
  void theChannelsArgumentIsInTheUpperBits() {
    assertThat(NONE.withChannel(0).channelArgument()).isZero();
    assertThat(NONE.withChannel(254).with(CallOptions.STREAM).channelArgument()).isEqualTo(254);
    assertThat(NONE.withChannel(2).bits()).isEqualTo(0x20040);
  }
}
