package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.HijrahEra;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.chrono.ThaiBuddhistDate;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of value that equals its copy. Those that do not have tests of their own. */
class ValueRoundTripTest {
  private static final LocalDate DATE = LocalDate.of(2006, 1, 31);
  private static final LocalTime TIME = LocalTime.of(23, 59, 59, 999_999_999);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  static Stream<Object> scalars() {
    return Stream.of(
        true,
        false,
        (byte) 0,
        Byte.MIN_VALUE,
        Byte.MAX_VALUE,
        (short) 0,
        Short.MIN_VALUE,
        Short.MAX_VALUE,
        'a',
        Character.MIN_VALUE,
        Character.MAX_VALUE,
        0,
        -1,
        127,
        128,
        -32,
        -33,
        65_536,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        0L,
        -1L,
        128L,
        40_000L,
        1L << 32,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        0f,
        -0f,
        Float.NaN,
        Float.MIN_VALUE,
        Float.NEGATIVE_INFINITY,
        0d,
        -0d,
        Double.NaN,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY);
  }

  static Stream<Named<String>> texts() {
    return Stream.of(
        named("empty", ""),
        named("ASCII", "abc"),
        named("NUL", "a\0b"),
        named("two bytes a letter", "\u00e9\u00df"),
        named("a surrogate pair", "\ud83d\ude00"),
        named("a lone high surrogate", "\ud800"),
        named("a lone low surrogate", "x\udc00y"),
        named("surrogates in the wrong order", "\udc00\ud800"),
        named("a high surrogate at the end", "abc\ud800"),
        named("100,000 letters", "x".repeat(100_000)),
        named("100,000 letters of three bytes", "\u20ac".repeat(100_000)),
        named("100,000 lone surrogates", "\ud800".repeat(100_000)));
  }

  static Stream<Object> enums() {
    return Stream.of(
        Samples.Color.RED, Samples.Color.GREEN, DayOfWeek.MONDAY, Month.MAY, TimeUnit.DAYS);
  }

  static Stream<Record> records() {
    return Stream.of(
        new Samples.Empty(),
        new Samples.Point(1, -1),
        new Samples.Line(new Samples.Point(1, 2), new Samples.Point(3, 4)),
        new Samples.Box<>("content"),
        new Samples.Box<>(null),
        new Samples.Box<>(new Samples.Box<>(5L)),
        new Samples.Order("me", List.of(1, "a", List.of())),
        Samples.secret("hush"),
        new Samples.Positive(1),
        new Samples.Primitives(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d));
  }

  static Stream<Named<Object>> arrays() {
    return Stream.<Object>of(
            new boolean[] {true, false},
            new byte[] {Byte.MIN_VALUE, 0, 1},
            new short[] {Short.MIN_VALUE, 0, 1},
            new char[] {'a', Character.MAX_VALUE},
            new int[] {Integer.MIN_VALUE, 0, 1},
            new long[] {Long.MIN_VALUE, 0, 1},
            new float[] {Float.NaN, -0f, 1},
            new double[] {Double.NaN, -0d, 1},
            new boolean[0],
            new byte[0],
            new short[0],
            new char[0],
            new int[0],
            new long[0],
            new float[0],
            new double[0],
            new byte[100_000],
            new int[][] {{1}, {}, {2, 3}},
            new int[][][] {{{1}}, {}},
            new Object[0],
            new Object[] {1},
            new Object[] {1, "a", null, 2L, new Object[] {true}},
            new String[] {"a", null},
            new Integer[] {1, 2},
            new Number[] {1, 2L, BigInteger.ONE},
            new Comparable<?>[] {"a", 1},
            new String[][] {{"a"}, null},
            new Samples.Point[] {new Samples.Point(1, 2)},
            new Class<?>[] {int.class},
            new List<?>[] {List.of(1)})
        .map(array -> named(array.getClass().getTypeName(), array));
  }

  static Stream<Object> times() {
    return Stream.of(
        Instant.EPOCH,
        Instant.MIN,
        Instant.MAX,
        Duration.ZERO,
        Duration.ofSeconds(-1, 5),
        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
        DATE,
        LocalDate.MIN,
        LocalDate.MAX,
        TIME,
        LocalTime.MIDNIGHT,
        LocalDateTime.of(DATE, TIME),
        LocalDateTime.MIN,
        ZoneOffset.UTC,
        ZoneOffset.ofHoursMinutesSeconds(-3, -4, -5),
        ZoneOffset.MAX,
        BERLIN,
        ZoneId.of("UTC+01:30"),
        ZonedDateTime.of(DATE, TIME, BERLIN),
        ZonedDateTime.of(DATE, TIME, ZoneOffset.UTC),
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, BERLIN).withEarlierOffsetAtOverlap(),
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, BERLIN).withLaterOffsetAtOverlap(),
        OffsetDateTime.of(DATE, TIME, ZoneOffset.ofHours(2)),
        OffsetTime.of(TIME, ZoneOffset.ofHours(-2)),
        Period.of(-1, 2, 400),
        Year.of(-44),
        YearMonth.of(2006, 12),
        MonthDay.of(2, 29),
        FileTime.fromMillis(-1),
        HijrahDate.of(1445, 1, 1),
        JapaneseDate.of(JapaneseEra.SHOWA, 1, 12, 31),
        MinguoDate.of(-1, 2, 3),
        ThaiBuddhistDate.of(2567, 2, 29),
        JapaneseEra.REIWA,
        HijrahEra.AH,
        IsoChronology.INSTANCE,
        ThaiBuddhistChronology.INSTANCE);
  }

  static Stream<Object> atoms() {
    return Stream.of(
        BigInteger.ZERO,
        BigInteger.TEN.pow(1000).negate(),
        new BigDecimal("1.50"),
        new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
        new MathContext(0, RoundingMode.UNNECESSARY),
        MathContext.DECIMAL128,
        new StackTraceElement("a.B", "m", null, -2),
        new StackTraceElement("loader", "a.module", "1.2", "a.B", "m", "B.java", 7),
        InetSocketAddress.createUnresolved("nowhere.invalid", 65_535),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 80),
        new InetSocketAddress(0),
        new UUID(Long.MIN_VALUE, 1),
        URI.create("http://a/b?c=%20#d"),
        URI.create(""),
        Currency.getInstance("EUR"),
        StandardCharsets.UTF_16LE,
        Charset.forName("windows-1252"),
        Path.of(""),
        Path.of("a", "b c"),
        Path.of("/tmp/\u00e9"),
        new File("a/b"),
        new File(""),
        Optional.empty(),
        Optional.of("a"),
        Optional.of(Optional.of(1L)),
        OptionalInt.empty(),
        OptionalInt.of(-1),
        OptionalLong.empty(),
        OptionalLong.of(1),
        OptionalDouble.empty(),
        OptionalDouble.of(Double.NaN));
  }

  static Stream<Locale> locales() {
    return Stream.of(
        Locale.ROOT,
        Locale.GERMAN,
        Locale.US,
        Locale.forLanguageTag("zh-Hant-TW"),
        Locale.forLanguageTag("de-DE-u-co-phonebk-x-private"),
        new Locale("no", "NO", "NY"),
        new Locale("ja", "JP", "JP"),
        new Locale("th", "TH", "TH"),
        new Locale("", "", "POSIX"),
        new Locale("", "GB"),
        new Locale("iw"),
        new Locale("a b", "c-d", "e_f"));
  }

  static Stream<Class<?>> classes() {
    return Stream.of(
        int.class,
        void.class,
        String.class,
        int[].class,
        String[][].class,
        Samples.Color.class,
        Map.Entry.class,
        Override.class);
  }

  static Stream<Object> immutableCollections() {
    return Stream.of(lists(), sets(), maps()).flatMap(s -> s);
  }

  private static Stream<Object> lists() {
    return Stream.of(
        List.of(),
        List.of(1),
        List.of(1, "a"),
        List.of(1, 2, 3, 4).subList(1, 3),
        List.copyOf(new ArrayList<>(List.of(1, 2))),
        Stream.of().toList(),
        Stream.of(1, null, 2).toList(),
        Collections.emptyList(),
        Collections.singletonList(1),
        Collections.singletonList(null),
        Collections.nCopies(0, 1),
        Collections.nCopies(3, "x"),
        Collections.nCopies(2, null),
        List.of(List.of(List.of())));
  }

  private static Stream<Object> sets() {
    return Stream.of(
        Set.of(),
        Set.of(1),
        Set.of(1, "a"),
        Set.of(1, 2, 3, 4),
        Set.copyOf(Arrays.asList(1, 1, 2)),
        IntStream.range(0, 64).boxed().collect(Collectors.toUnmodifiableSet()),
        IntStream.range(0, 65).boxed().collect(Collectors.toUnmodifiableSet()),
        Collections.emptySet(),
        Collections.singleton(1),
        Collections.singleton(null));
  }

  private static Stream<Object> maps() {
    return Stream.of(
        Map.of(),
        Map.of(1, "a"),
        Map.of(1, "a", 2, "b"),
        Map.ofEntries(Map.entry(1, 2)),
        Map.copyOf(Map.of(1, 2, 3, 4, 5, 6)),
        IntStream.range(0, 64).boxed().collect(Collectors.toUnmodifiableMap(i -> i, i -> "a")),
        IntStream.range(0, 65).boxed().collect(Collectors.toUnmodifiableMap(i -> i, i -> "a")),
        Collections.emptyMap(),
        Collections.singletonMap(1, 2),
        Collections.singletonMap(null, null),
        Map.of(List.of(1), Map.of(2, 3)),
        Map.entry(1, "a"),
        new SimpleImmutableEntry<>("k", null),
        new SimpleImmutableEntry<>(null, "v"));
  }

  @Test
  void nullArrivesAsNull() {
    assertThat(RoundTrip.plain().of(null)).isNull();
  }

  @ParameterizedTest
  @MethodSource({"scalars", "texts"})
  void aScalarArrivesEqualAndOfItsClass(Object value) {
    @Nullable Object copy = RoundTrip.plain().of(value);

    assertThat(copy).isEqualTo(value).hasSameClassAs(value);
  }

  @ParameterizedTest
  @MethodSource({"enums", "classes"})
  void aConstantArrivesAsItself(Object value) {
    assertThat(RoundTrip.plain().of(value)).isSameAs(value);
  }

  @ParameterizedTest
  @MethodSource({"records", "arrays", "times", "atoms", "locales"})
  void aValueArrivesEqualAndOfItsClass(Object value) {
    var roundTrip = RoundTrip.plain();

    assertThat(roundTrip.of(value)).isEqualTo(value).hasSameClassAs(value);
    assertThat(roundTrip.references().sent).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("immutableCollections")
  void anImmutableCollectionArrivesEqualAndIsStillACopiedValue(Object value) {
    var roundTrip = RoundTrip.plain();
    @Nullable Object copy = roundTrip.of(value);

    assertThat(copy).isEqualTo(value);
    assertThat(roundTrip.of(copy)).isEqualTo(value);
    assertThat(roundTrip.references().sent).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({
    "scalars",
    "texts",
    "enums",
    "classes",
    "records",
    "arrays",
    "times",
    "atoms",
    "locales",
    "immutableCollections"
  })
  void aValueArrivesAlikeInsideOthers(Object value) {
    var box = new Samples.Box<>(new Object[] {value, List.of(Optional.of(value))});
    var copy = (Samples.Box<?>) Objects.requireNonNull(RoundTrip.plain().of(box));
    var content = (Object[]) Objects.requireNonNull(copy.content());
    var optional = (Optional<?>) ((List<?>) content[1]).get(0);

    assertThat(content[0]).isEqualTo(value);
    assertThat((Object) optional.orElseThrow()).isEqualTo(value);
  }
}
