package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseEra;
import java.time.chrono.MinguoDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire format of values. A failure here means that old and new sides do not understand. */
class GoldenBytesTest {
  private static final Object LAMBDA = (Runnable) () -> {};
  private static final List<Integer> ONE = List.of(1);
  private static final Badge BADGE = new Badge(7, LAMBDA);
  private static final String BADGE_BYTES =
      "96 12 d40000 be'dev.farside.codec.Badge.number' 07 be'dev.farside.codec.Badge.holder'"
          + " d40001";
  private static final LocalDate SECOND_DAY = LocalDate.ofEpochDay(1);
  private static final LocalTime ONE_NANO = LocalTime.ofNanoOfDay(1);
  private static final String ADDRESS = "94 0d1e c4 04 7f000001 a161";
  private static final String ZEROS = "c4 10" + "00".repeat(16);
  private static final String DATE = "93 0d0b d40201";
  private static final String TIME = "93 0d0c d40201";
  private static final String DATE_TIME = "94 0d0d" + DATE + TIME;
  private static final String HOUR = "93 0d0e a6'+01:00'";

  static Stream<Arguments> scalars() {
    return Stream.of(
        arguments(null, "c0"),
        arguments(false, "c2"),
        arguments(true, "c3"),
        arguments(1, "01"),
        arguments(-1, "ff"),
        arguments(300, "cd 012c"),
        arguments(-40_000, "d2 ffff63c0"),
        arguments(1L, "d4 02 01"),
        arguments(-300L, "d5 02 fed4"),
        arguments(70_000L, "d6 02 00011170"),
        arguments(Long.MAX_VALUE, "d7 02 7fffffffffffffff"),
        arguments((short) 1, "d5 03 0001"),
        arguments((byte) -1, "d4 04 ff"),
        arguments('a', "d5 05 0061"),
        arguments(1f, "ca 3f800000"),
        arguments(1d, "cb 3ff0000000000000"),
        arguments("", "a0"),
        arguments("a\u00e9", "a3 61c3a9"),
        arguments("\ud83d\ude00", "a4 f09f9880"),
        arguments("\ud800", "d5 06 d800"),
        arguments("a\udc00b", "c7 06 06 0061 dc00 0062"));
  }

  static Stream<Arguments> composites() {
    return Stream.of(
        arguments(DayOfWeek.MONDAY, "93 01 b3'java.time.DayOfWeek' a6'MONDAY'"),
        arguments(Samples.Color.GREEN, "93 01 bf'dev.farside.codec.Samples$Color' a5'GREEN'"),
        arguments(new Samples.Empty(), "92 02 d9 21'dev.farside.codec.Samples$Empty()'"),
        arguments(
            new Samples.Point(1, 2),
            "94 02 d9 2c'dev.farside.codec.Samples$Point(int x,int y)' 01 02"),
        arguments(new String[] {"a", null}, "94 03 b0'java.lang.String' a161 c0"),
        arguments(new int[][] {{1}}, "93 03 a2'[I' 93 04 04 c4 04 00000001"),
        arguments(Integer.class, "92 06 b1'java.lang.Integer'"),
        arguments(int.class, "92 06 a3'int'"),
        arguments(ByteBuffer.wrap(new byte[] {1, 2}), "92 07 c4 02 0102"),
        arguments(
            ByteBuffer.wrap(new byte[] {1, 2}).order(ByteOrder.LITTLE_ENDIAN),
            "93 07 c4 02 0102 01"),
        arguments(ByteBuffer.wrap(new byte[] {1, 2}).asReadOnlyBuffer(), "93 07 c4 02 0102 02"),
        arguments(CharBuffer.wrap(new char[] {'a', 'b'}), "92 13 a2'ab'"),
        arguments(CharBuffer.wrap("ab"), "93 13 a2'ab' 02"), // a text cannot be written
        arguments(Optional.of(1), "92 08 01"),
        arguments(Optional.empty(), "92 08 c0"),
        arguments(List.of(), "91 09"),
        arguments(List.of(1), "92 09 01"),
        arguments(List.of(1, 2), "93 09 01 02"),
        arguments(Set.of(1), "92 0a 01"),
        arguments(Map.of(1, 2), "93 0b 01 02"),
        arguments(Map.entry(1, 2), "93 0c 01 02"),
        arguments(
            new Samples.Money(5, null),
            "96 11 bf'dev.farside.codec.Samples$Money'"
                + " d9 25'dev.farside.codec.Samples$Money.cents' 05"
                + " d9 28'dev.farside.codec.Samples$Money.currency' c0"));
  }

  static Stream<Arguments> primitiveArrays() {
    return Stream.of(
        arguments(new byte[] {1, -1}, "93 04 00 c4 02 01ff"),
        arguments(new boolean[] {true, false}, "93 04 01 c4 02 0100"),
        arguments(new short[] {1}, "93 04 02 c4 02 0001"),
        arguments(new char[] {'a'}, "93 04 03 c4 02 0061"),
        arguments(new int[] {1, -1}, "93 04 04 c4 08 00000001 ffffffff"),
        arguments(new long[] {1}, "93 04 05 c4 08 0000000000000001"),
        arguments(new float[] {1}, "93 04 06 c4 04 3f800000"),
        arguments(new double[] {1}, "93 04 07 c4 08 3ff0000000000000"));
  }

  static Stream<Arguments> atoms() throws IOException {
    InetAddress address = InetAddress.getByAddress("a", new byte[] {127, 0, 0, 1});
    return Stream.of(
        arguments(BigInteger.TEN, "93 0d00 c4 01 0a"),
        arguments(new BigDecimal("1.5"), "94 0d01 c4 01 0f 01"),
        arguments(new UUID(1, 2), "94 0d02 d40201 d40202"),
        arguments(URI.create("a:b"), "93 0d03 a3'a:b'"),
        arguments(new URL("file:a"), "93 0d04 a6'file:a'"),
        arguments(Locale.US, "93 0d05 a5'en-US'"),
        arguments(new Locale("no", "NO", "NY"), "95 0d05 a2'no' a2'NO' a2'NY'"),
        arguments(Currency.getInstance("EUR"), "93 0d06 a3'EUR'"),
        arguments(StandardCharsets.UTF_8, "93 0d07 a5'UTF-8'"),
        arguments(Pattern.compile("a", Pattern.DOTALL), "94 0d08 a161 20"),
        arguments(Pattern.compile("a(?i)"), "94 0d08 a5'a(?i)' 00"),
        arguments(Instant.ofEpochSecond(1, 2), "94 0d09 d40201 02"),
        arguments(Duration.ofSeconds(1, 2), "94 0d0a d40201 02"),
        arguments(OptionalInt.empty(), "92 0d17"),
        arguments(OptionalInt.of(1), "93 0d17 01"),
        arguments(OptionalLong.of(1), "93 0d18 d40201"),
        arguments(OptionalDouble.of(1), "93 0d19 cb3ff0000000000000"),
        arguments(new File("a"), "93 0d1a a161"),
        arguments(Path.of("a"), "93 0d1b a161"),
        arguments(new MathContext(5, RoundingMode.UP), "94 0d1c 05 a2'UP'"),
        arguments(
            new StackTraceElement("L", "M", "V", "C", "m", "F", 1),
            "99 0d1d a1'C' a1'm' a1'F' 01 a1'L' a1'M' a1'V'"),
        arguments(address, ADDRESS),
        arguments(Inet6Address.getByAddress("a", new byte[16], -1), "94 0d1f " + ZEROS + "a161"),
        arguments(Inet6Address.getByAddress(null, new byte[16], 5), "95 0d1f " + ZEROS + "a0 05"),
        arguments(new InetSocketAddress(address, 80), "94 0d20" + ADDRESS + "50"),
        arguments(InetSocketAddress.createUnresolved("a", 80), "94 0d20 a161 50"));
  }

  static Stream<Arguments> dates() {
    LocalDateTime dateTime = LocalDateTime.of(SECOND_DAY, ONE_NANO);
    ZoneOffset hour = ZoneOffset.ofHours(1);
    return Stream.of(
        arguments(SECOND_DAY, DATE),
        arguments(ONE_NANO, TIME),
        arguments(dateTime, DATE_TIME),
        arguments(hour, HOUR),
        arguments(ZoneId.of("Europe/Berlin"), "93 0d0f ad'Europe/Berlin'"),
        arguments(
            dateTime.atZone(ZoneId.of("Europe/Berlin")),
            "95 0d10" + DATE_TIME + "93 0d0f ad'Europe/Berlin'" + HOUR),
        arguments(ZonedDateTime.of(dateTime, hour), "95 0d10" + DATE_TIME + HOUR + "d40104"),
        arguments(OffsetDateTime.of(dateTime, hour), "94 0d11" + DATE_TIME + HOUR),
        arguments(OffsetTime.of(ONE_NANO, hour), "94 0d12" + TIME + HOUR),
        arguments(Period.of(1, 2, 3), "95 0d13 01 02 03"),
        arguments(Year.of(1), "93 0d14 01"),
        arguments(YearMonth.of(1, 2), "94 0d15 01 02"),
        arguments(MonthDay.of(1, 2), "94 0d16 01 02"),
        arguments(IsoChronology.INSTANCE, "93 0d21 a3'ISO'"),
        arguments(MinguoDate.of(59, 1, 2), "94 0d22 a6'Minguo' d40201"),
        arguments(JapaneseEra.SHOWA, "93 0d23 01"),
        arguments(FileTime.from(Instant.EPOCH), "93 0d24 94 0d09 d40200 00"));
  }

  static Stream<Arguments> references() {
    return Stream.of(
        arguments(LAMBDA, "d40000"),
        arguments(new Object[] {LAMBDA, LAMBDA}, "94 03 b0'java.lang.Object' d40000 d40000"),
        arguments(BADGE, BADGE_BYTES),
        arguments(
            new Object[] {BADGE, BADGE, ONE, ONE},
            "96 03 b0'java.lang.Object'" + BADGE_BYTES + "d40000 92 09 01 d40102"));
  }

  static Stream<Arguments> copiedCollections() {
    return Stream.of(
        arguments(new ArrayList<>(List.of(1, 2)), "93 0e 01 02"),
        arguments(new LinkedHashSet<>(List.of(1, 2)), "95 0f c2 c0 01 02"),
        arguments(new TreeMap<>(Map.of(1, 2)), "95 10 c3 c0 01 02"),
        arguments(new TreeMap<>(Collections.reverseOrder()), "93 10 c3 d40000"));
  }

  @ParameterizedTest
  @MethodSource({"scalars", "composites", "primitiveArrays", "atoms", "dates", "references"})
  void aValueHasTheseBytes(@Nullable Object value, String bytes) {
    assertThat(Wire.hex(RoundTrip.plain().write(value))).isEqualTo(Wire.hex("91" + bytes));
  }

  @ParameterizedTest
  @MethodSource("copiedCollections")
  void aCopiedCollectionHasTheseBytes(Object value, String bytes) {
    assertThat(Wire.hex(RoundTrip.copyingCollections().write(value)))
        .isEqualTo(Wire.hex("91" + bytes));
  }

  @Test
  void aThrowableHasTheseBytes() {
    var cause = new Error();
    var throwable = new IllegalStateException("a", cause);
    throwable.addSuppressed(cause);
    throwable.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("A", "b", "A.java", 7), new StackTraceElement("A", "b", null, -2)
        });
    cause.setStackTrace(new StackTraceElement[0]);

    String identity = "d40000";
    String types = "94 bf'java.lang.IllegalStateException' ba'java.lang.RuntimeException'";
    String supertypes = "b3'java.lang.Exception' b3'java.lang.Throwable'";
    String ofCause = "99 05 d40001 92 af'java.lang.Error' 03 c0 90 90 c0 90 90";
    String stack = "98 a1'A' a1'b' a6'A.java' 07 04 05 a0 fe";

    assertThat(Wire.hex(RoundTrip.plain().write(throwable)))
        .isEqualTo(
            Wire.hex(
                "91 99 05"
                    + identity
                    + types
                    + supertypes
                    + "a1'a' 90"
                    + stack
                    + ofCause
                    + "91 d40101"
                    + "90"));
  }

  @Test
  void whatCannotBePassedOfAThrowableIsAnOmission() {
    var throwable = new ThrowablesTest.Knotted();
    String type = "'dev.farside.codec.ThrowablesTest$Knotted'";

    assertThat(Wire.hex(RoundTrip.plain().write(throwable)))
        .isEqualTo(
            Wire.hex(
                "91 99 05 d40000 93 d9 28"
                    + type
                    + " b3'java.lang.Exception' b3'java.lang.Throwable' c0 90 90 c0 90"
                    + "92 b0'farside.omission' d9 59'Cannot pass knot[0]: this [Ljava.lang.Object;"
                    + " contains itself; a value must not be cyclic'"));
  }

  @Test
  void aValueThatOccursAgainIsItsNumber() {
    List<Integer> list = List.of(1);

    assertThat(Wire.hex(RoundTrip.plain().write(list, new Object[] {list})))
        .isEqualTo(Wire.hex("92 92 09 01 93 03 b0'java.lang.Object' d40100"));
  }

  @Test
  void aTypeThatOccursAgainIsItsNumber() {
    assertThat(Wire.hex(RoundTrip.plain().write(Samples.Color.RED, Samples.Color.GREEN)))
        .isEqualTo(
            Wire.hex("92 93 01 bf'dev.farside.codec.Samples$Color' a3'RED' 93 01 00 a5'GREEN'"));
  }

  @Test
  void aBodyIsTheListOfItsValues() {
    assertThat(Wire.hex(RoundTrip.plain().write())).isEqualTo("90");
    assertThat(Wire.hex(RoundTrip.plain().write(1))).isEqualTo("9101");
    assertThat(Wire.hex(RoundTrip.plain().write(1, "a"))).isEqualTo("9201a161");
  }
}
