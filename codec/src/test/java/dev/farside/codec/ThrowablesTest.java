package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.codec.elsewhere.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThrowablesTest {
  private final RoundTrip roundTrip = RoundTrip.plain();

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalStateException("message"),
        new IllegalStateException(),
        new IOException("a", new FileNotFoundException("b")),
        new ExecutionException("c", new RuntimeException(new Error("d"))),
        new AssertionError("e"),
        new Throwable("f"),
        new Refused(403),
        new RuntimeException("no stack", null, true, false) {});
  }

  /** Does not let itself be constructed: only its fields can bring it over. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final int code;
    final List<String> reasons = List.of("a", "b");
    final transient Object secret = new Object();
    @Nullable Object nothing;

    Refused(int code) {
      super("refused with " + code);
      this.code = code;
    }
  }

  static class Lost extends IOException {
    private static final long serialVersionUID = 1;
    final int number;

    Lost(@Nullable String message) {
      super(message);
      number = 5;
    }
  }

  private static final class LostForever extends Lost {
    private static final long serialVersionUID = 1;

    LostForever(@Nullable String message) {
      super(message);
    }
  }

  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;
    final Object lock = new Object();
    final ReentrantLock owner = new ReentrantLock();
    final StringBuilder log = new StringBuilder("log");
    final List<String> tags = new ArrayList<>(List.of("tag"));
    final Number code = 5;
  }

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("mute");
    }
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void aThrowableArrivesWithItsClassMessageStackAndCauses(Throwable throwable) {
    for (Throwable a = throwable, b = copy(throwable); ; ) {
      assertThat(b).isNotSameAs(a).hasSameClassAs(a).hasMessage(a.getMessage());
      assertThat(frames(b)).isEqualTo(frames(a));
      @Nullable Throwable causeOfA = a.getCause();
      @Nullable Throwable causeOfB = b.getCause();
      if (causeOfA == null || causeOfB == null) {
        assertThat(causeOfB).isEqualTo(causeOfA);
        return;
      }
      a = causeOfA;
      b = causeOfB;
    }
  }

  @Test
  void fieldsThatAreNotTransientArrive() {
    var copy = (Refused) copy(new Refused(403));

    assertThat(copy.code).isEqualTo(403);
    assertThat(copy.reasons).isEqualTo(List.of("a", "b"));
    assertThat(copy.secret).isNull();
    assertThat(copy.nothing).isNull();
  }

  @Test
  void fieldsThatAreNotValuesStayBehind() {
    var busy = new Busy();
    var copy = (Busy) copy(busy);

    assertThat(copy.code).isEqualTo(5);
    assertThat(copy.tags).isEqualTo(List.of("tag"));
    assertThat(new @Nullable Object[] {copy.lock, copy.owner, copy.log}).containsOnlyNulls();
    assertThat(roundTrip.references().sent).containsExactly(busy);
  }

  static final class Cyclic extends Exception {
    private static final long serialVersionUID = 1;
    final int code = 7;
    final Object[] bad = new Object[3];
    final Object[] good = new Object[2];

    Cyclic(Object inner, Object value) {
      super("cyclic");
      Arrays.fill(bad, value);
      bad[1] = inner;
      bad[2] = bad;
      Arrays.fill(good, value);
    }
  }

  @Test
  void aFieldThatCannotBePassedIsLeftOutAndLeavesNothingInTheMessage() {
    var inner = new IOException("inner");
    var cyclic = new Cyclic(inner, new Samples.Point(1, 2));
    Object[] copies = (Object[]) roundTrip.of(new Object[] {cyclic, DayOfWeek.MONDAY, cyclic.good});
    var copy = (Cyclic) Objects.requireNonNull(copies)[0];

    assertThat(copy.code).isEqualTo(7);
    assertThat(copy.bad).isNull();
    assertThat(copy.good).containsExactly(new Samples.Point(1, 2), new Samples.Point(1, 2));
    assertThat(copies).containsExactly(copy, DayOfWeek.MONDAY, copy.good);
    assertThat(copies[2]).isSameAs(copy.good);
    assertThat(roundTrip.references().sent).containsExactly(cyclic);
    assertThat(copy.getSuppressed())
        .singleElement()
        .satisfies(
            note ->
                assertThat(note)
                    .hasMessage(
                        "(a field is left out: Cannot pass bad[2]: this [Ljava.lang.Object; contains"
                            + " itself; a value must not be cyclic)"));
  }

  static final class Knotted extends Exception {
    private static final long serialVersionUID = 1;
    final Object[] knot = new Object[1];

    Knotted() {
      setStackTrace(new StackTraceElement[0]);
      knot[0] = knot;
    }
  }

  @Test
  void aFieldForWhichTheMessageHasNoRoomIsLeftOut() {
    RoundTrip small = roundTrip.limitedTo(Limits.DEFAULT.withMessageSize(20_000));
    var copy = (Filled) Objects.requireNonNull(small.of(new Filled(new Filled(null, 1), 19_990)));

    assertThat(copy.bytes).isNull();
    assertThat(copy.getSuppressed()).hasSize(1);
    assertThat(Objects.requireNonNull(copy.inner).bytes).hasSize(1);
  }

  static final class Filled extends Exception {
    private static final long serialVersionUID = 1;
    final @Nullable Filled inner;
    final byte[] bytes;

    Filled(@Nullable Filled inner, int size) {
      super("filled");
      this.inner = inner;
      bytes = new byte[size];
      setStackTrace(new StackTraceElement[0]);
    }
  }

  @Test
  void suppressedOnesArrive() {
    var none = copy(new IOException("none"));
    var throwable = new IOException("two");
    throwable.addSuppressed(new IllegalStateException("first"));
    throwable.addSuppressed(new Refused(2));

    assertThat(none.getSuppressed()).isEmpty();
    assertThat(copy(throwable).getSuppressed())
        .extracting(Throwable::toString)
        .containsExactly(
            "java.lang.IllegalStateException: first", Refused.class.getName() + ": refused with 2");
  }

  @Test
  void ofManySuppressedOnesTheFirst64Arrive() {
    var throwable = new IOException();
    for (int i = 0; i < 65; i++) {
      throwable.addSuppressed(new IOException("" + i));
    }

    assertThat(copy(throwable).getSuppressed()).hasSize(65);
    assertThat(copy(throwable).getSuppressed()[64])
        .hasMessage("(1 more suppressed ones are left out)");
  }

  @Test
  void causesMayGoInACircle() {
    var a = new IOException("a");
    var b = new IllegalStateException("b", a);
    a.initCause(b);
    b.addSuppressed(a);

    Throwable copy = copy(a);
    Throwable cause = Objects.requireNonNull(copy.getCause());

    assertThat(cause).isExactlyInstanceOf(IllegalStateException.class).hasCause(copy);
    assertThat(cause.getCause()).isSameAs(copy);
    assertThat(cause.getSuppressed()).containsExactly(copy);
  }

  @Test
  void aThrowableMayBeAmongItsOwnFields() {
    var wrapper = new Wrapper("w");
    wrapper.self = wrapper;

    assertThat(((Wrapper) copy(wrapper)).self).isInstanceOf(Wrapper.class).hasMessage("w");
  }

  private static final class Wrapper extends RuntimeException {
    private static final long serialVersionUID = 1;
    private @Nullable Throwable self;

    Wrapper(String message) {
      super(message);
    }
  }

  @Test
  void aCauseThatItsClassKeepsInAFieldOfItsOwnArrives() {
    Throwable copy = copy(new InvocationTargetException(new IOException("inner"), "outer"));

    assertThat(copy).isExactlyInstanceOf(InvocationTargetException.class).hasMessage("outer");
    assertThat(copy.getCause()).hasToString("java.io.IOException: inner");
    assertThat(copy.getSuppressed()).isEmpty();
  }

  @Test
  void aCauseThatIsNeededFirstButComesLaterArrivesAsSuppressed() {
    var inner = new IOException("inner");
    var outer = new InvocationTargetException(inner, "outer");
    inner.addSuppressed(outer);
    Throwable copy = copy(outer);

    assertThat(copy).isExactlyInstanceOf(InvocationTargetException.class).hasMessage("outer");
    assertThat(copy.getSuppressed()).hasSize(1);
    assertThat(copy.getSuppressed()[0]).hasMessage("inner").hasSuppressedException(copy);
  }

  @Test
  void ofALongChainOfCausesTheMiddleIsLeftOutAndSaysSo() {
    Throwable chain = new IOException("root");
    for (int i = 0; i < 400; i++) {
      chain = new IOException("" + i, chain);
    }
    var messages = new ArrayList<@Nullable String>();
    for (@Nullable Throwable t = copy(chain); t != null; t = t.getCause()) {
      messages.add(t.getMessage());
    }

    assertThat(messages)
        .hasSize(242)
        .startsWith("399", "398")
        .endsWith("160", "(160 more causes are left out)", "root");
  }

  private static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      return new Endless();
    }
  }

  @Test
  void causesThatAreMadeWheneverTheyAreAskedForAreLeftOutAndSaySo() {
    assertThat(copyWithout(new Endless(), Endless.class).getCause())
        .isExactlyInstanceOf(Throwable.class)
        .hasMessage("(more causes are left out: there is no end of them)")
        .hasNoCause();
    assertThat(copy(new Endless()).getSuppressed()).isEmpty();
  }

  @Test
  void aCircleOfManyCausesIsCutAndSaysSo() {
    var first = new IOException("first");
    Throwable chain = first;
    for (int i = 0; i < 400; i++) {
      chain = new IOException("" + i, chain);
    }
    first.initCause(chain);
    @Nullable Throwable last = copy(chain);
    for (int i = 0; i < 240; i++) {
      last = Objects.requireNonNull(last).getCause();
    }

    assertThat(last).hasMessage("(more causes are left out: there is no end of them)").hasNoCause();
  }

  @Test
  void anExceptionWhoseTargetHasCausesWithoutEndArrives() {
    Throwable copy = copy(new InvocationTargetException(new Endless(), "outer"));

    assertThat(copy).isExactlyInstanceOf(InvocationTargetException.class).hasMessage("outer");
    assertThat(copy.getSuppressed()[0]).isExactlyInstanceOf(Endless.class);
  }

  @Test
  void ofTooManyExceptionsWithinOneTheFirstArriveAndTheOthersSaySo() {
    Throwable copy = copy(tree(4));

    assertThat(copy.getSuppressed()).hasSize(12).allMatch(s -> s instanceof IOException);
    assertThat(copy.getSuppressed()[0].getSuppressed()).hasSize(12);
    assertThat(copy.getSuppressed()[11]).hasMessage("3");
    assertThat(copy.getSuppressed()[11].getSuppressed()).hasSize(1);
    assertThat(copy.getSuppressed()[11].getSuppressed()[0])
        .isExactlyInstanceOf(Throwable.class)
        .hasMessage("(causes and suppressed ones are left out: there are too many)");
    assertThat(roundTrip.references().sent.size()).isLessThan(5000);
  }

  @Test
  void manyExceptionsOfWhichNoneHasTooManyArriveWithAll() {
    var all = new Throwable[5];
    Arrays.setAll(all, i -> tree(3));

    for (Throwable copy : (Throwable[]) Objects.requireNonNull(roundTrip.of(all))) {
      assertThat(copy.getSuppressed()[11].getSuppressed()[11].getSuppressed()).hasSize(12);
    }
  }

  private static Throwable tree(int levels) {
    var throwable = new IOException("" + levels);
    throwable.setStackTrace(new StackTraceElement[0]);
    for (int i = 0; levels > 0 && i < 12; i++) {
      throwable.addSuppressed(tree(levels - 1));
    }
    return throwable;
  }

  @Test
  void aChainIsCutWhereFewLevelsAreLeft() {
    var chain = new IOException("a", new IOException("b", new IOException("c")));
    for (int depth = 1; depth < 20; depth++) {
      RoundTrip shallow =
          roundTrip.limitedTo(
              new Limits(Limits.DEFAULT.messageSize(), depth, Limits.DEFAULT.references()));
      assertThat((Throwable) Objects.requireNonNull(shallow.of(chain))).hasMessage("a");
    }
  }

  @Test
  void nextExceptionsBeyondTheLevelsAreLeftOutAndTheLastSaysSo() {
    var first = new SQLException("0");
    for (int i = 1; i < 300; i++) {
      first.setNextException(new SQLException("" + i));
    }
    int count = 0;
    SQLException last = first;
    for (@Nullable SQLException e = (SQLException) copy(first); e != null; ) {
      last = e;
      count++;
      e = e.getNextException();
    }

    assertThat(count).isEqualTo(240);
    assertThat(last.getSuppressed()[0])
        .isExactlyInstanceOf(Throwable.class)
        .hasMessage("(the next exceptions are left out)");
  }

  @Test
  void ofAnUnknownClassTheNearestSuperclassArrivesWithTheName() {
    Throwable copy = copyWithout(new LostForever("gone"), LostForever.class);

    assertThat(copy)
        .isExactlyInstanceOf(Lost.class)
        .hasMessage(LostForever.class.getName() + ": gone");
    assertThat(((Lost) copy).number).isEqualTo(5);
  }

  @Test
  void ofAFamilyOfUnknownClassesTheFirstKnownOneArrives() {
    assertThat(copyWithout(new LostForever("gone"), LostForever.class, Lost.class))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(LostForever.class.getName() + ": gone");
  }

  @Test
  void anUnknownClassWithoutMessageArrivesAsItsName() {
    assertThat(copyWithout(new Lost(null), Lost.class)).hasMessage(Lost.class.getName());
  }

  @Test
  void aMessageThatCannotBeAskedForIsReplaced() {
    assertThat(copyWithout(new Mute(), Mute.class))
        .hasMessage(
            Mute.class.getName() + ": (its getMessage() threw java.lang.IllegalStateException)");
  }

  static Stream<FileSystemException> fileFailures() {
    return Stream.of(
        new NoSuchFileException("a"),
        new NoSuchFileException("a", "b", "c"),
        new AccessDeniedException("a", null, "reason"),
        new FileSystemException("a"),
        new FileSystemException("a", "b", null));
  }

  @ParameterizedTest
  @MethodSource("fileFailures")
  void aFileFailureArrivesWithFilesAndReason(FileSystemException failure) {
    var copy = (FileSystemException) copy(failure);

    assertThat(copy).hasSameClassAs(failure).hasMessage(failure.getMessage());
    assertThat(copy.getFile()).isEqualTo(failure.getFile());
    assertThat(copy.getOtherFile()).isEqualTo(failure.getOtherFile());
    assertThat(copy.getReason()).isEqualTo(failure.getReason());
  }

  @Test
  void aFileFailureOfOneTextArrivesWithItsMessage() {
    assertThat(copy(new DirectoryNotEmptyException("dir")))
        .isExactlyInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage("dir");
  }

  @Test
  void aFileFailureWhoseConstructorIsOutOfReachArrivesWithFilesAndReason() {
    FileSystemException failure = Failures.outOfReach("a", null, "b");
    var copy = (FileSystemException) copy(failure);

    assertThat(copy).hasSameClassAs(failure).hasMessage("a: b");
    assertThat(copy.getFile()).isEqualTo("a");
  }

  @Test
  void aThrowableIsKnownByItsReference() {
    var throwable = new IOException("a");
    Throwable copy = copy(throwable);

    assertThat(roundTrip.references().sent).containsExactly(throwable);
    assertThat(roundTrip.references().adopted).containsOnlyKeys(0).containsValue(copy);
  }

  @Test
  void theReceiversOwnThrowableComesHomeAsItself() {
    var own = new IOException("own");
    roundTrip.references().own.put(0, own);

    assertThat(roundTrip.of(new IOException("copy"))).isSameAs(own);
    assertThat(roundTrip.references().adopted).isEmpty();
  }

  @Test
  void stackFramesOfAnyNameArrive() {
    var throwable = new IOException("a");
    throwable.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("a.B", "m", null, -2),
          new StackTraceElement("a.B", "\ud800", "F.kt", 70_000),
        });

    assertThat(copy(throwable).getStackTrace()).isEqualTo(throwable.getStackTrace());
  }

  @Test
  void ofALongStackTheMiddleIsLeftOutAndALineSaysSo() {
    var throwable = new IOException("a");
    var frames = new StackTraceElement[1025];
    Arrays.setAll(frames, i -> new StackTraceElement("a.B", "m", "B.java", i));
    throwable.setStackTrace(frames);
    StackTraceElement[] copied = copy(throwable).getStackTrace();

    assertThat(copied).hasSize(1024).startsWith(frames[0]).endsWith(frames[1024]);
    assertThat(copied[767]).hasToString("farside.left out(2 frames)");
    assertThat(copied[766]).isEqualTo(frames[766]);
    assertThat(copied[768]).isEqualTo(frames[769]);
  }

  @Test
  void aSuppressedOneThatIsPassedByReferenceIsNoObstacle() {
    var throwable = new IOException("a");
    var suppressed = new IOException("b");
    throwable.addSuppressed(suppressed);
    roundTrip.references().wanted.add(suppressed);

    assertThat(copy(throwable).getSuppressed()).containsExactly(suppressed);
  }

  /** All of a frame but its module and class loader, which are the other side's. */
  private static List<String> frames(Throwable throwable) {
    return Stream.of(throwable.getStackTrace())
        .map(f -> f.getClassName() + f.getMethodName() + f.getFileName() + f.getLineNumber())
        .toList();
  }

  private Throwable copy(Throwable throwable) {
    return (Throwable) Objects.requireNonNull(roundTrip.of(throwable));
  }

  private Throwable copyWithout(Throwable throwable, Class<?>... unknown) {
    RoundTrip other = roundTrip.receivedBy(new ForgetfulLoader(unknown));
    return (Throwable) Objects.requireNonNull(other.of(throwable));
  }
}
