package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.farside.LimitExceededException;
import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a peer sends, a value comes out or one of the three failures of decoding. Seeded: a
 * failure names the bytes.
 */
class BodyFuzzTest {
  private static final int CASES = 15_000;

  private final List<byte[]> valid =
      Stream.of(
              ValueRoundTripTest.scalars(),
              ValueRoundTripTest.enums(),
              ValueRoundTripTest.records(),
              ValueRoundTripTest.arrays().map(named -> named.getPayload()),
              ValueRoundTripTest.times(),
              ValueRoundTripTest.atoms(),
              ValueRoundTripTest.locales(),
              ValueRoundTripTest.classes(),
              ValueRoundTripTest.immutableCollections(),
              CollectionsTest.mutable(),
              ThrowablesTest.throwables(),
              ThrowablesTest.fileFailures(),
              SharingTest.composites().map(named -> named.getPayload()),
              Stream.of(new Badge(1, new Badge(2, List.of()))))
          .flatMap(values -> values)
          .map(value -> RoundTrip.copyingCollections().write(value, List.of(value), value))
          .filter(body -> body.length < 20_000)
          .toList();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aMutatedBodyIsAValueOrRefused(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      readOrRefuse(Mutations.of(valid.get(random.nextInt(valid.size())), random));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void randomTokensAreAValueOrRefused(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      readOrRefuse(new RandomTokens(random).body());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5})
  void randomBytesAreAValueOrRefused(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      byte[] body = new byte[1 + random.nextInt(40)];
      random.nextBytes(body);
      body[0] = (byte) (0x91 + random.nextInt(3));
      readOrRefuse(body);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6})
  void aBodyThatEndsTooEarlyIsRefusedWhereverItEnds(long seed) {
    var random = new Random(seed);
    for (byte[] body : valid) {
      for (int cut = 0; cut < 20; cut++) {
        byte[] part = Arrays.copyOf(body, random.nextInt(body.length));
        assertThat(readOrRefuse(part)).as(Wire.hex(part)).isFalse();
      }
    }
  }

  private static boolean readOrRefuse(byte[] body) {
    try {
      RoundTrip.plain().read(body);
      return true;
    } catch (ProtocolException | NotPassableException | LimitExceededException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    } catch (RuntimeException | Error e) {
      return fail("These bytes of a peer gave " + e + ": " + Wire.hex(body), e);
    }
  }

  /** Well-formed MessagePack that looks like our composites, but rarely is one. */
  private static final class RandomTokens {
    private static final List<String> TEXTS =
        List.of(
            "",
            "a",
            "RED",
            "EUR",
            "+25:00",
            "\\",
            "[[I",
            "java.lang.String",
            "java.lang.Error",
            "java.lang.ThreadDeath",
            "java.nio.file.NoSuchFileException",
            "java.util.concurrent.TimeUnit",
            "dev.farside.codec.Samples$Color",
            "dev.farside.codec.Samples$Money",
            "dev.farside.codec.Samples$Money.cents",
            "dev.farside.codec.Samples$Names",
            "dev.farside.codec.Samples$Empty()",
            "dev.farside.codec.Samples$Point(int x,int y)",
            "dev.farside.codec.Samples$Unhashable(int number)",
            "dev.farside.codec.Samples$Box(java.lang.Object content)");

    private final Random random;
    private final StringBuilder hex = new StringBuilder("91");

    RandomTokens(Random random) {
      this.random = random;
    }

    byte[] body() {
      composite(0);
      return Wire.bytes(hex.toString());
    }

    private void composite(int depth) {
      int parts = random.nextInt(6);
      hex.append("9%x".formatted(parts + 1));
      hex.append("%02x".formatted(1 + random.nextInt(17)));
      for (int i = 0; i < parts; i++) {
        token(depth + 1);
      }
    }

    private void token(int depth) {
      switch (random.nextInt(depth > 4 ? 7 : 10)) {
        case 0 -> hex.append("%02x".formatted(random.nextInt(32)));
        case 1 -> hex.append(random.nextBoolean() ? "c0" : "c3");
        case 2 -> hex.append("d4%02x%02x".formatted(random.nextInt(7), random.nextInt(4)));
        case 3 -> hex.append("c408%016x".formatted(random.nextLong()));
        case 4 -> hex.append("d702%016x".formatted(random.nextLong()));
        case 5, 6 -> text(TEXTS.get(random.nextInt(TEXTS.size())));
        case 7 -> list(depth);
        default -> composite(depth);
      }
    }

    private void text(String text) {
      hex.append("d9%02x".formatted(text.length()));
      hex.append(Wire.hex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private void list(int depth) {
      int size = random.nextInt(5);
      hex.append("9%x".formatted(size));
      for (int i = 0; i < size; i++) {
        token(depth + 1);
      }
    }
  }
}
