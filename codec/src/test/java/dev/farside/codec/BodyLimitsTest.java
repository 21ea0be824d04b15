package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.LimitExceededException;
import dev.farside.ProtocolException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitsTest {
  private static final String TOO_LARGE =
      " bytes, the most that both sides accept: send it as a stream of smaller parts, or raise"
          + " maxMessageSize on both sides";

  @Test
  void aValueAsDeepAsTheLimitPasses() {
    assertThat(limited(1000, 3).of(nested(3))).isEqualTo(nested(3));
  }

  @Test
  void aDeeperValueIsNotSent() {
    assertThatThrownBy(() -> limited(1000, 3).write(nested(4)))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessage(
            "A value nests deeper than 3 levels, the most that both sides accept: pass the inner"
                + " ones by reference");
  }

  @Test
  void aDeeperValueIsNotReceived() {
    byte[] body = RoundTrip.plain().write(nested(4));

    assertThatThrownBy(() -> limited(1000, 3).read(body))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessage("A received value nests deeper than 3 levels");
  }

  @Test
  void depthIsNotCountedAcrossValues() {
    var roundTrip = limited(1000, 3);

    assertThat(roundTrip.read(roundTrip.write(nested(3), nested(3), nested(3)))).hasSize(3);
  }

  @Test
  void theDefaultDepthDoesNotExhaustTheStack() {
    assertThat(RoundTrip.plain().of(nested(256))).isEqualTo(nested(256));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 600, 100_000})
  void aBodyAsLargeAsTheLimitPasses(int size) {
    int header = size < 32 ? 2 : size < 65_536 ? 4 : 6;
    String text = "x".repeat(size - header);

    assertThat(limited(size, 3).write(text)).hasSize(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 600, 100_000})
  void aLargerBodyIsNotSent(int size) {
    assertThatThrownBy(() -> limited(size, 3).write("x".repeat(size)))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessage("The message is larger than " + size + TOO_LARGE);
  }

  @Test
  void aLargerArrayIsNotSent() {
    assertThatThrownBy(() -> limited(1000, 3).write(new byte[1001]))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessage("The message is larger than 1000" + TOO_LARGE);
  }

  @Test
  void anEndlessListIsCutOffAtTheLimit() {
    List<Integer> endless = Collections.nCopies(Integer.MAX_VALUE - 1, 5);

    assertThatThrownBy(() -> limited(100_000, 3).write(endless))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessage("The message is larger than 100000" + TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "dd7fffffff, 5, 2147483647, 0", // a body of two billion values
    "91 dd7fffffff 09, 6, 2147483647, 1", // a list
    "91 dc0003 09 01, 4, 3, 2",
    "91 db7fffffff 61, 6, 2147483647, 1", // a text
    "91 92 07 c67fffffff 01, 8, 2147483647, 1", // a buffer
    "91 93 04 00 c67fffffff 01, 9, 2147483647, 1", // an array of bytes
    "91 c97fffffff 06 d8, 7, 2147483647, 1" // a text of lone surrogates
  })
  void aClaimedSizeLargerThanTheBodyIsRefused(String body, int position, int claim, int left) {
    byte[] bytes = Wire.bytes(body);

    assertThatThrownBy(() -> RoundTrip.plain().read(bytes))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(
            "Malformed message body at byte %d of %d: a part claims %d elements or bytes, but %d"
                    .formatted(position, bytes.length, claim, left)
                + " bytes remain");
  }

  /** 200 lists, each of which claims to hold all the rest of the body. */
  @ParameterizedTest
  @ValueSource(strings = {"09", "0a", "0b", "0e", "0f c2c0", "10 c2c0", "03 b0'java.lang.Object'"})
  void claimsInsideClaimsAreNotAllocated(String composite) {
    int size = 1 << 20;
    byte[] body = new byte[size];
    body[0] = (byte) 0x91;
    for (int i = 0, at = 1; i < 200; i++) {
      byte[] level = Wire.bytes("dd000f0001" + composite);
      System.arraycopy(level, 0, body, at, level.length);
      at += level.length;
    }
    body[body.length - 1] = (byte) 0xc1; // not MessagePack

    long before = Allocations.ofThisThread();
    assertThatThrownBy(() -> RoundTrip.plain().read(body)).isInstanceOf(ProtocolException.class);
    assertThat(Allocations.ofThisThread() - before).isLessThan(64L * size);
  }

  private static RoundTrip limited(int messageSize, int depth) {
    return RoundTrip.plain().limitedTo(new Limits(messageSize, depth, 10));
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (int i = 1; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }
}
