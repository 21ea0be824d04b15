package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.spi.StandIn;
import java.io.IOException;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.chrono.HijrahDate;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.StringTokenizer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/** Other classes of the JDK, and the many of which a proxy is an instance. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "UndefinedEquals"}) // users have old classes, too
public class JdkClassesTest {
  /** What lives elsewhere. */
  public static class Things {
    /** One of each. */
    private static final List<Supplier<Object>> MADE =
        List.of(
            java.util.ArrayList::new,
            java.util.LinkedList::new,
            java.util.Vector::new,
            java.util.Stack::new,
            java.util.HashSet::new,
            java.util.LinkedHashSet::new,
            java.util.TreeSet::new,
            java.util.HashMap::new,
            java.util.LinkedHashMap::new,
            java.util.TreeMap::new,
            java.util.WeakHashMap::new,
            java.util.IdentityHashMap::new,
            java.util.Hashtable::new,
            java.util.Properties::new,
            java.util.ArrayDeque::new,
            java.util.BitSet::new,
            java.util.Random::new,
            java.util.Date::new,
            java.util.GregorianCalendar::new,
            () -> new java.util.SimpleTimeZone(0, "X"),
            () -> new java.util.StringTokenizer("a b"),
            () -> new java.util.Timer(true),
            java.util.concurrent.ConcurrentHashMap::new,
            java.util.concurrent.ConcurrentSkipListMap::new,
            java.util.concurrent.ConcurrentLinkedQueue::new,
            java.util.concurrent.CopyOnWriteArrayList::new,
            java.util.concurrent.LinkedBlockingQueue::new,
            java.util.concurrent.LinkedBlockingDeque::new,
            () -> new java.util.concurrent.ArrayBlockingQueue<>(1),
            java.util.concurrent.DelayQueue::new,
            java.util.concurrent.Exchanger::new,
            () -> new java.util.concurrent.Semaphore(1),
            () -> new java.util.concurrent.CountDownLatch(1),
            () -> new java.util.concurrent.CyclicBarrier(1),
            java.util.concurrent.Phaser::new,
            java.util.concurrent.locks.ReentrantLock::new,
            java.util.concurrent.locks.ReentrantReadWriteLock::new,
            java.util.concurrent.locks.StampedLock::new,
            java.util.concurrent.atomic.LongAdder::new,
            java.util.concurrent.atomic.DoubleAdder::new,
            () -> new java.io.ByteArrayInputStream(new byte[1]),
            java.io.ByteArrayOutputStream::new,
            () -> new java.io.PrintStream(new java.io.ByteArrayOutputStream()),
            () -> new java.io.StringReader("x"),
            java.io.StringWriter::new,
            () -> new java.io.PrintWriter(new java.io.StringWriter()),
            () -> new java.io.BufferedReader(new java.io.StringReader("x")),
            java.text.DecimalFormat::new,
            java.text.SimpleDateFormat::new,
            java.util.zip.CRC32::new,
            java.util.zip.Deflater::new);

    /** How many there are. */
    public int count() {
      return MADE.size();
    }

    /** One of them. */
    public Object make(int index) {
      return MADE.get(index).get();
    }

    /** What class it is. */
    public String className(Object thing) {
      return thing.getClass().getName();
    }

    /** The values that {@code values()} gives here. */
    public List<Object> values() {
      return JdkClassesTest.values();
    }

    /** The address of this machine within itself. */
    public InetAddress loopback() {
      return InetAddress.getLoopbackAddress();
    }

    /** Which of the values here are equal to one. */
    public long equalTo(Object value) {
      return JdkClassesTest.values().stream().filter(value::equals).count();
    }

    /** Changes. */
    public Date date(long millis) {
      return new Date(millis);
    }

    /** The next of the caller's. */
    public int next(Random random) {
      return random.nextInt(100);
    }

    /** Always the same numbers. */
    public Random random(long seed) {
      return new Random(seed);
    }

    /** Changes the caller's. */
    public void move(Date date) {
      date.setTime(date.getTime() + 1);
    }

    /** Adds up. */
    public Checksum checksum() {
      return new CRC32();
    }

    /** Words. */
    public StringTokenizer words(String text) {
      return new StringTokenizer(text);
    }

    /** Ends with a block. */
    public Closing closing() {
      return new Closing();
    }
  }

  private static List<Object> values() {
    return List.of(
        MathContext.DECIMAL64,
        InetAddress.getLoopbackAddress(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 80),
        InetSocketAddress.createUnresolved("nowhere.invalid", 80),
        new StackTraceElement("a.B", "m", "B.java", 7),
        FileTime.fromMillis(1),
        LocalDate.EPOCH,
        JapaneseDate.of(2024, 1, 1),
        HijrahDate.of(1445, 1, 1),
        JapaneseEra.REIWA,
        IsoChronology.INSTANCE);
  }

  /** Tells that it was closed. */
  public static class Closing implements AutoCloseable {
    private int closed;

    /** How often it was closed. */
    public int closed() {
      return closed;
    }

    @Override
    public void close() throws IOException {
      closed++;
      if (closed > 1) {
        throw new IOException("closed twice");
      }
    }
  }

  @Conformance
  void immutableValuesAreEqualToThoseOfTheOtherSide(Things things) {
    assertThat(things.values()).isEqualTo(values());
    assertThat(things.loopback().getHostName()).isEqualTo("localhost");
    assertThat(things.loopback().isLoopbackAddress()).isTrue();
    for (Object value : values()) {
      assertThat(things.equalTo(value)).as(value.toString()).isEqualTo(1);
    }
  }

  @Conformance(here = false)
  void aProxyIsAnInstanceOfTheClassOfItsObject(Things things) throws Exception {
    var notSo = new ArrayList<String>();
    int count = things.count();
    for (int i = 0; i < count; i++) {
      Object thing = things.make(i);
      String name = things.className(thing);
      assertThat(thing).isInstanceOf(StandIn.class);
      if (!Class.forName(name).isInstance(thing)) {
        notSo.add(name);
      }
    }
    assertThat(count).isGreaterThan(50);
    assertThat(notSo).isEmpty();
  }

  @Conformance
  void aDateChanges(Things things) {
    Date date = things.date(5);
    date.setTime(6);
    assertThat(date.getTime()).isEqualTo(6);
    assertThat(date.equals(new Date(6))).isTrue();
    assertThat(date.hashCode()).isEqualTo(new Date(6).hashCode());
    assertThat(date.compareTo(new Date(7))).isNegative();
    assertThat(date.after(things.date(1))).isTrue();
    assertThat(date.toInstant().toEpochMilli()).isEqualTo(6);
    var own = new Date(1);
    things.move(own);
    assertThat(own).isEqualTo(new Date(2));
  }

  @Conformance
  void aDateOfTheOtherSideIsComparedByOne(Things things) {
    assertThat(new Date(7).after(things.date(6))).isTrue();
    assertThat(new Date(6).equals(things.date(6))).isTrue();
  }

  @Conformance
  void datesOfBothSidesAreInOneOrder(Things things) {
    assertThat(new Date(7).compareTo(things.date(6))).isPositive();
  }

  @Conformance
  void aRandomGivesItsNumbers(Things things) {
    var same = new Random(42);
    Random random = things.random(42);
    assertThat(random.nextInt(1000)).isEqualTo(same.nextInt(1000));
    assertThat(random.ints(3, 0, 10).toArray()).isEqualTo(same.ints(3, 0, 10).toArray());
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    byte[] expected = new byte[4];
    same.nextBytes(expected);
    assertThat(bytes).isEqualTo(expected);
    assertThat(things.next(new Random(1))).isEqualTo(new Random(1).nextInt(100));
    var list = new ArrayList<>(List.of(1, 2, 3, 4));
    var other = new ArrayList<>(List.of(1, 2, 3, 4));
    java.util.Collections.shuffle(list, things.random(3));
    java.util.Collections.shuffle(other, new Random(3));
    assertThat(list).isEqualTo(other);
  }

  @Conformance
  void checksumsAndWordsHaveAState(Things things) {
    Checksum checksum = things.checksum();
    checksum.update(new byte[] {0, 1, 2, 3}, 1, 3);
    var own = new CRC32();
    own.update(new byte[] {1, 2, 3});
    assertThat(checksum.getValue()).isEqualTo(own.getValue());
    checksum.reset();
    assertThat(checksum.getValue()).isZero();
    StringTokenizer words = things.words("a b");
    assertThat(words.countTokens()).isEqualTo(2);
    assertThat(words.nextToken()).isEqualTo("a");
    assertThat(words.nextToken()).isEqualTo("b");
    assertThat(words.hasMoreTokens()).isFalse();
  }

  @Conformance
  void aBlockClosesWhatItOpens(Things things) throws Exception {
    Closing kept;
    try (Closing closing = things.closing()) {
      kept = closing;
      assertThat(closing.closed()).isZero();
    }
    assertThat(kept.closed()).isEqualTo(1);
    assertThatThrownBy(
            () -> {
              try (kept) {
                throw new IllegalStateException("first");
              }
            })
        .isExactlyInstanceOf(IllegalStateException.class)
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("closed twice"));
  }
}
