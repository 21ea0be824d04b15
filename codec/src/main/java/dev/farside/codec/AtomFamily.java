package dev.farside.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.time.chrono.JapaneseEra;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's immutable classes that are made of a few simple parts: a number that says which class,
 * then the parts.
 */
final class AtomFamily implements ValueFamily {
  /** The position is part of the format: add at the end. */
  private static final List<Atom<?>> ATOMS =
      List.of(
          Atom.of(BigInteger.class, v -> List.of(v.toByteArray()), p -> new BigInteger(p.bytes())),
          Atom.of(
              BigDecimal.class,
              v -> List.of(v.unscaledValue().toByteArray(), v.scale()),
              p -> new BigDecimal(new BigInteger(p.bytes()), p.integer())),
          Atom.of(
              UUID.class,
              v -> List.of(v.getMostSignificantBits(), v.getLeastSignificantBits()),
              p -> new UUID(p.number(), p.number())),
          Atom.of(URI.class, v -> List.of(v.toString()), p -> URI.create(p.text())),
          Atom.of(URL.class, v -> List.of(v.toString()), p -> new URL(p.text())),
          Atom.of(Locale.class, LocaleParts::of, LocaleParts::toLocale),
          Atom.of(
              Currency.class,
              v -> List.of(v.getCurrencyCode()),
              p -> Currency.getInstance(p.text())),
          Atom.of(Charset.class, v -> List.of(v.name()), p -> Charset.forName(p.text())),
          Atom.of(Pattern.class, PatternParts::of, PatternParts::toPattern),
          Atom.of(
              Instant.class,
              v -> List.of(v.getEpochSecond(), v.getNano()),
              p -> Instant.ofEpochSecond(p.number(), p.integer())),
          Atom.of(
              Duration.class,
              v -> List.of(v.getSeconds(), v.getNano()),
              p -> Duration.ofSeconds(p.number(), p.integer())),
          Atom.of(
              LocalDate.class, v -> List.of(v.toEpochDay()), p -> LocalDate.ofEpochDay(p.number())),
          Atom.of(
              LocalTime.class,
              v -> List.of(v.toNanoOfDay()),
              p -> LocalTime.ofNanoOfDay(p.number())),
          Atom.of(
              LocalDateTime.class,
              v -> List.of(v.toLocalDate(), v.toLocalTime()),
              p -> LocalDateTime.of(p.as(LocalDate.class), p.as(LocalTime.class))),
          Atom.of(ZoneOffset.class, v -> List.of(v.getId()), p -> ZoneOffset.of(p.text())),
          Atom.of(ZoneId.class, v -> List.of(v.getId()), p -> ZoneId.of(p.text())),
          Atom.of(
              ZonedDateTime.class,
              v -> List.of(v.toLocalDateTime(), v.getZone(), v.getOffset()),
              p ->
                  ZonedDateTime.ofLocal(
                      p.as(LocalDateTime.class), p.as(ZoneId.class), p.as(ZoneOffset.class))),
          Atom.of(
              OffsetDateTime.class,
              v -> List.of(v.toLocalDateTime(), v.getOffset()),
              p -> OffsetDateTime.of(p.as(LocalDateTime.class), p.as(ZoneOffset.class))),
          Atom.of(
              OffsetTime.class,
              v -> List.of(v.toLocalTime(), v.getOffset()),
              p -> OffsetTime.of(p.as(LocalTime.class), p.as(ZoneOffset.class))),
          Atom.of(
              Period.class,
              v -> List.of(v.getYears(), v.getMonths(), v.getDays()),
              p -> Period.of(p.integer(), p.integer(), p.integer())),
          Atom.of(Year.class, v -> List.of(v.getValue()), p -> Year.of(p.integer())),
          Atom.of(
              YearMonth.class,
              v -> List.of(v.getYear(), v.getMonthValue()),
              p -> YearMonth.of(p.integer(), p.integer())),
          Atom.of(
              MonthDay.class,
              v -> List.of(v.getMonthValue(), v.getDayOfMonth()),
              p -> MonthDay.of(p.integer(), p.integer())),
          Atom.of(
              OptionalInt.class,
              v -> v.isPresent() ? List.of(v.getAsInt()) : List.of(),
              p -> p.isEmpty() ? OptionalInt.empty() : OptionalInt.of(p.integer())),
          Atom.of(
              OptionalLong.class,
              v -> v.isPresent() ? List.of(v.getAsLong()) : List.of(),
              p -> p.isEmpty() ? OptionalLong.empty() : OptionalLong.of(p.number())),
          Atom.of(
              OptionalDouble.class,
              v -> v.isPresent() ? List.of(v.getAsDouble()) : List.of(),
              p -> p.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(p.as(Double.class))),
          Atom.of(File.class, v -> List.of(v.getPath()), p -> new File(p.text())),
          Atom.of(Path.class, v -> List.of(v.toString()), p -> Path.of(p.text())),
          Atom.of(
              MathContext.class,
              v -> List.of(v.getPrecision(), v.getRoundingMode().name()),
              p -> new MathContext(p.integer(), RoundingMode.valueOf(p.text()))),
          Atom.of(StackTraceElement.class, FrameParts::of, FrameParts::toFrame),
          Atom.of(Inet4Address.class, AddressParts::of, AddressParts::toAddress4),
          Atom.of(Inet6Address.class, AddressParts::of, AddressParts::toAddress6),
          Atom.of(InetSocketAddress.class, AddressParts::of, AddressParts::toSocketAddress),
          Atom.of(Chronology.class, v -> List.of(v.getId()), p -> Chronology.of(p.text())),
          Atom.of(
              ChronoLocalDate.class,
              v -> List.of(v.getChronology().getId(), v.toEpochDay()),
              p -> Chronology.of(p.text()).dateEpochDay(p.number())),
          Atom.of(JapaneseEra.class, v -> List.of(v.getValue()), p -> JapaneseEra.of(p.integer())),
          Atom.of(
              FileTime.class,
              v -> List.of(v.toInstant()),
              p -> FileTime.from(p.as(Instant.class))));

  private static final Class<?> DEFAULT_PATH = FileSystems.getDefault().getPath("").getClass();

  private final int tag;

  AtomFamily(int tag) {
    this.tag = tag;
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public String why() {
    return "it is an immutable class of the JDK";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    for (int i = 0; i < ATOMS.size(); i++) {
      if (takes(ATOMS.get(i), type)) {
        return encoder(i, ATOMS.get(i));
      }
    }
    return null;
  }

  /** The class itself; of the abstract ones those of the JDK; of paths those that denote files. */
  private static boolean takes(Atom<?> atom, Class<?> type) {
    if (atom.type() == Path.class) {
      return type == DEFAULT_PATH;
    }
    if (atom.type() == ChronoLocalDate.class || atom.type() == Chronology.class) {
      return atom.type().isAssignableFrom(type)
          && type.getPackageName().equals(Chronology.class.getPackageName());
    }
    boolean open = atom.type() == Charset.class || atom.type() == ZoneId.class;
    return open ? atom.type().isAssignableFrom(type) : atom.type() == type;
  }

  private <T> Encoder<T> encoder(int number, Atom<T> atom) {
    return (value, out) -> {
      List<Object> parts = atom.split().apply(value);
      out.begin(tag, parts.size() + 1);
      out.integer(number);
      for (Object part : parts) {
        if (part instanceof byte[] bytes) {
          out.bytes(bytes, 0, bytes.length);
        } else {
          out.value("", part);
        }
      }
    };
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.atLeast(1, parts, "an atom");
    int number = in.integer();
    if (number < 0 || number >= ATOMS.size()) {
      throw in.malformed("unknown atom " + number);
    }
    Atom<?> atom = ATOMS.get(number);
    var source = new AtomParts(in, parts - 1);
    try {
      Object value = atom.join().apply(source);
      source.end();
      return value;
    } catch (PassingFailure | dev.farside.FarsideException e) {
      throw e;
    } catch (Exception e) {
      throw new PassingFailure(
          "this is no " + atom.type().getName() + " here: " + e.getMessage(), e);
    }
  }
}
