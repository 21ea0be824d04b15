package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Exceptions with everything about them, thrown and as values. */
@SuppressWarnings("OverrideThrowableToString") // people do
public class ThrowablesTest {
  /** Makes exceptions, and throws them. */
  public static class Throwables {
    /** Two that are the cause of each other, and suppress each other. */
    public Throwable circle() {
      var a = new IOException("a");
      var b = new IllegalStateException("b", a);
      a.initCause(b);
      a.addSuppressed(b);
      b.addSuppressed(a);
      return a;
    }

    /** One that has another twice. */
    public Throwable shared() {
      var inner = new IOException("inner");
      var outer = new IllegalStateException("outer", inner);
      outer.addSuppressed(inner);
      outer.addSuppressed(new IOException("other", inner));
      return outer;
    }

    /** So many, each the cause of the one before. */
    public Throwable chain(int length) {
      Throwable last = new IOException("1");
      for (int i = 2; i <= length; i++) {
        last = new IllegalStateException("" + i, last);
      }
      return last;
    }

    /** With so many frames. */
    public Throwable deep(int frames) {
      var throwable = new IOException("deep");
      var stack = new StackTraceElement[frames];
      for (int i = 0; i < frames; i++) {
        stack[i] = new StackTraceElement("a.B", "m", "B.java", i + 1);
      }
      throwable.setStackTrace(stack);
      return throwable;
    }

    /** With no frames. */
    public Throwable bare() {
      return new Bare();
    }

    /** Of this kind. */
    public Throwable awkward(String kind) {
      return switch (kind) {
        case "message" -> new Talkative(3, "said");
        case "cause" -> new Hostile();
        case "mute" -> new Mute();
        case "rooted" -> new Rooted();
        case "constructor" -> new Picky("x", 3, () -> {});
        case "filled" -> Unfilled.make();
        case "endless" -> new Endless();
        case "failing" -> new Failing();
        case "gaps" -> new Gaps();
        case "field" -> new Unsized();
        default -> new Spoken("spoken");
      };
    }

    /** Of this kind, thrown. */
    public void fail(String kind) throws Throwable {
      throw awkward(kind);
    }

    /** Throws what it is given. */
    public void failing(Throwable thrown) throws Throwable {
      throw thrown;
    }

    /** Gives back what it is given. */
    public Throwable same(Throwable given) {
      return given;
    }

    /** What it sees of it. */
    public String seen(Throwable given) {
      return given + " caused by " + given.getCause();
    }

    /** In other things. */
    public Report report(Throwable throwable) {
      return new Report("report", throwable, List.of(throwable), Map.of("it", throwable));
    }

    /** In an array. */
    public Throwable[] many() {
      return new Throwable[] {new IOException("a"), new Error("b"), null};
    }

    /** Keeps it where others look. */
    public List<Throwable> kept(Throwable throwable) {
      return new ArrayList<>(List.of(throwable));
    }
  }

  /** Tells of a failure. */
  public record Report(
      String name, Throwable thrown, List<Throwable> all, Map<String, Throwable> named) {}

  /** Without stack and suppressed. */
  public static class Bare extends RuntimeException {
    private static final long serialVersionUID = 1;

    Bare() {
      super("bare", null, false, false);
    }
  }

  /** Adds to its message. */
  public static class Talkative extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    Talkative(int code, String message) {
      super(message, new IOException("why"));
      this.code = code;
    }

    @Override
    public String getMessage() {
      return "[" + code + "] " + super.getMessage() + ", since " + getCause().getMessage();
    }

    @Override
    public String getLocalizedMessage() {
      return "local " + getMessage();
    }
  }

  /** Cannot be asked for its cause. */
  public static class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    Hostile() {
      super("hostile");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause for you");
    }
  }

  /** Cannot be asked for anything else. */
  public static class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("mute");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("mute");
    }

    @Override
    public void setStackTrace(StackTraceElement[] stackTrace) {
      throw new IllegalStateException("mute");
    }

    @Override
    public String toString() {
      return "mute";
    }
  }

  /** Has another cause each time, and so on. */
  public static class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;

    Endless() {
      super("endless");
    }

    @Override
    public synchronized Throwable getCause() {
      return new Endless();
    }
  }

  /** Fails with errors when it is asked. */
  public static class Failing extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new Error("no message");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new OutOfMemoryError("no cause");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new ThreadDeath();
    }

    @Override
    public void setStackTrace(StackTraceElement[] stackTrace) {
      throw new Error("no stack");
    }

    @Override
    public String toString() {
      return "failing";
    }
  }

  /** Its stack has gaps. */
  public static class Gaps extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gaps() {
      super("gaps");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return new StackTraceElement[] {null, new StackTraceElement("a.B", "m", "B.java", 1), null};
    }
  }

  /** Has what cannot be read. */
  public static class Unsized extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final List<Object> list =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            return index;
          }

          @Override
          public int size() {
            throw new Error("no size");
          }
        };

    Unsized() {
      super("unsized");
    }

    int count() {
      return list.size();
    }
  }

  /** Keeps its cause itself. */
  public static class Rooted extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Throwable root = new IOException("root");

    Rooted() {
      super("rooted");
    }

    @Override
    public synchronized Throwable getCause() {
      return root;
    }

    @Override
    public synchronized Throwable initCause(Throwable cause) {
      throw new UnsupportedOperationException();
    }
  }

  /** Is not to be made by others. */
  public static final class Picky extends Exception {
    private static final long serialVersionUID = 1;
    private final int number;

    private Picky(String text, int number, Runnable checked) {
      super(text);
      if (number == 0) {
        throw new IllegalArgumentException("zero");
      }
      checked.run();
      this.number = number;
    }
  }

  /** Needs its fields to begin with. */
  public static class Unfilled extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static volatile boolean made;
    private final int[] numbers;

    static synchronized Unfilled make() {
      made = true;
      try {
        return new Unfilled(new int[] {1});
      } finally {
        made = false;
      }
    }

    Unfilled(int[] numbers) {
      super("unfilled");
      this.numbers = numbers;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      if (!made) {
        throw new IllegalStateException("too early");
      }
      return this;
    }
  }

  /** Says what it is. */
  public static class Spoken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Spoken(String message) {
      super(message);
    }

    @Override
    public String toString() {
      return "Spoken: " + getMessage();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Spoken spoken && spoken.getMessage().equals(getMessage());
    }

    @Override
    public int hashCode() {
      return getMessage().hashCode();
    }
  }

  @Conformance
  void circlesOfCausesAndSuppressedOnesAreCircles(Throwables throwables) {
    Throwable a = throwables.circle();
    assertThat(a).hasMessage("a");
    assertThat(a.getCause()).hasMessage("b").hasCause(a);
    assertThat(a.getSuppressed()).containsExactly(a.getCause());
    assertThat(a.getCause().getSuppressed()).containsExactly(a);
    Throwable thrown = catchThrowable(() -> throwables.failing(throwables.circle()));
    assertThat(thrown.getCause().getCause()).isSameAs(thrown);
  }

  @Conformance
  void whatOccursTwiceIsOne(Throwables throwables) {
    Throwable outer = throwables.shared();
    assertThat(outer.getSuppressed()[0]).isSameAs(outer.getCause());
    assertThat(outer.getSuppressed()[1]).hasMessage("other").cause().isSameAs(outer.getCause());
  }

  @Conformance
  void longChainsOfCausesArriveWithTheirRoot(Throwables throwables) {
    for (int length : new int[] {1, 2, 100, 239, 256, 257, 400, 2000}) {
      Throwable caught = catchThrowable(() -> throwables.failing(throwables.chain(length)));
      assertThat(caught).hasMessage("" + length);
      Throwable root = caught;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      assertThat(root).hasMessage("1");
    }
  }

  @Conformance
  void theFirstFramesOfADeepStackAreThere(Throwables throwables) {
    for (int frames : new int[] {0, 1, 1024, 10_000}) {
      StackTraceElement[] stack = throwables.deep(frames).getStackTrace();
      assertThat(stack.length).isLessThanOrEqualTo(frames);
      for (int i = 0; i < Math.min(frames, 700); i++) {
        assertThat(stack[i].getLineNumber()).isEqualTo(i + 1);
      }
      if (frames > 0) {
        assertThat(stack[stack.length - 1].getLineNumber()).isEqualTo(frames);
      }
    }
  }

  @Conformance
  void oneWithoutStackArrivesWithout(Throwables throwables) {
    assertThat(throwables.bare()).isExactlyInstanceOf(Bare.class).hasMessage("bare");
    assertThat(throwables.bare().getStackTrace()).isEmpty();
  }

  @Conformance
  void aMessageThatAnExceptionMakesItselfIsTheSame(Throwables throwables) {
    Throwable talkative = throwables.awkward("message");
    assertThat(talkative).hasMessage("[3] said, since why");
    assertThat(talkative.getLocalizedMessage()).isEqualTo("local [3] said, since why");
    assertThat(talkative.toString()).endsWith("Talkative: local [3] said, since why");
    Throwable back = throwables.same(talkative);
    assertThat(back).isSameAs(talkative);
    assertThatThrownBy(() -> throwables.fail("message")).hasMessage("[3] said, since why");
  }

  @Conformance
  void anExceptionOfAnAwkwardClassIsCaughtAsWhatItIs(Throwables throwables) {
    for (int i = 0; i < 2; i++) {
      Throwable hostile = catchThrowable(() -> throwables.fail("cause"));
      assertThat(hostile).isExactlyInstanceOf(Hostile.class);
      assertThat(hostile.getMessage()).isEqualTo("hostile");
      assertThatThrownBy(hostile::getCause).hasMessage("no cause for you");
      Throwable mute = catchThrowable(() -> throwables.fail("mute"));
      assertThat(mute.getClass()).isEqualTo(Mute.class);
      assertThat(mute.toString()).isEqualTo("mute");
      Throwable rooted = catchThrowable(() -> throwables.fail("rooted"));
      assertThat(rooted).isExactlyInstanceOf(Rooted.class).hasMessage("rooted");
      assertThat(rooted.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("root");
      assertThat(rooted.getSuppressed()).isEmpty();
      Throwable picky = catchThrowable(() -> throwables.fail("constructor"));
      assertThat(picky).isExactlyInstanceOf(Picky.class).hasMessage("x");
      assertThat(((Picky) picky).number).isEqualTo(3);
      Throwable unfilled = catchThrowable(() -> throwables.fail("filled"));
      assertThat(unfilled).isExactlyInstanceOf(Unfilled.class).hasMessage("unfilled");
      assertThat(((Unfilled) unfilled).numbers).containsExactly(1);
    }
  }

  @Conformance
  void anExceptionThatFailsWhenItIsAskedIsCaughtAsWhatItIs(Throwables throwables) {
    Map<String, Class<?>> classes =
        Map.of(
            "endless", Endless.class,
            "failing", Failing.class,
            "gaps", Gaps.class,
            "field", Unsized.class);
    classes.forEach(
        (kind, type) -> {
          Throwable caught = catchThrowable(() -> throwables.fail(kind));
          assertThat(caught.getClass()).as(kind).isEqualTo(type);
          assertThat(caught == catchThrowable(() -> throwables.failing(caught))).as(kind).isTrue();
          Throwable own = new Throwables().awkward(kind);
          assertThat(own == catchThrowable(() -> throwables.failing(own))).as(kind).isTrue();
        });
    assertThatThrownBy(() -> throwables.fail("gaps")).hasMessage("gaps");
    assertThat(catchThrowable(() -> throwables.fail("field")).getMessage()).isEqualTo("unsized");
  }

  @Conformance
  void anExceptionWithWhatCannotBePassedIsAValueToo(Throwables throwables) {
    for (String kind : new String[] {"field", "endless", "failing", "gaps"}) {
      Throwable own = new Throwables().awkward(kind);
      assertThat(throwables.same(own) == own).as(kind).isTrue();
      Throwable theirs = throwables.awkward(kind);
      assertThat(theirs.getClass()).as(kind).isEqualTo(own.getClass());
      assertThat(throwables.same(theirs) == theirs).as(kind).isTrue();
      Report report = throwables.report(own);
      assertThat(report.thrown() == own && report.named().get("it") == own).as(kind).isTrue();
    }
    Throwable unsized = throwables.awkward("field");
    assertThat(unsized.getMessage()).isEqualTo("unsized");
    int suppressed = unsized.getSuppressed().length;
    throwables.same(unsized);
    assertThat(unsized.getSuppressed()).hasSize(suppressed);
  }

  @Conformance
  void anExceptionIsAValueLikeOthers(Throwables throwables) {
    var own = new IOException("own", new IllegalStateException("cause"));
    assertThat(throwables.seen(own))
        .isEqualTo("java.io.IOException: own caused by java.lang.IllegalStateException: cause");
    assertThat(throwables.same(own)).isSameAs(own);
    Report report = throwables.report(own);
    assertThat(report.thrown()).isSameAs(own);
    assertThat(report.all()).containsExactly(own);
    assertThat(report.named()).containsEntry("it", own);
    Report theirs = throwables.report(throwables.shared());
    assertThat(theirs.thrown()).hasMessage("outer");
    assertThat(theirs.all().get(0)).isSameAs(theirs.thrown());
    assertThat(theirs.named().get("it")).isSameAs(theirs.thrown());
    assertThat(throwables.kept(own).get(0)).isSameAs(own);
  }

  @Conformance
  void exceptionsInArraysAreThemselves(Throwables throwables) {
    Throwable[] many = throwables.many();
    assertThat(many).hasSize(3).endsWith((Throwable) null);
    assertThat(many[0]).isExactlyInstanceOf(IOException.class).hasMessage("a");
    assertThat(many[1]).isExactlyInstanceOf(Error.class).hasMessage("b");
  }

  @Conformance
  void anExceptionOfTheirsGoesBackAsTheirOwn(Throwables throwables) {
    Throwable theirs = throwables.shared();
    assertThat(throwables.same(theirs)).isSameAs(theirs);
    assertThat(throwables.report(theirs).thrown()).isSameAs(theirs);
    assertThat(throwables.seen(theirs)).contains("outer caused by java.io.IOException: inner");
    StackTraceElement[] stack = theirs.getStackTrace();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> throwables.failing(theirs)).isSameAs(theirs);
    }
    assertThat(theirs.getStackTrace()).startsWith(stack).hasSizeLessThan(stack.length + 400);
    assertThat(theirs.getSuppressed()).hasSize(2);
  }

  @Conformance
  void anExceptionThatChangesIsTheSameOne(Changing changing) {
    Throwable kept = changing.kept();
    assertThat(changing.kept()).isSameAs(kept);
    assertThat(kept.getSuppressed()).isEmpty();
    changing.suppress("late");
    assertThat(changing.kept()).isSameAs(kept);
    assertThat(kept.getSuppressed()).hasSize(1);
    assertThat(kept.getSuppressed()[0]).hasMessage("late");
  }

  /** Keeps an exception. */
  public static class Changing {
    private final Exception kept = new Exception("kept");

    /** The one. */
    public Exception kept() {
      return kept;
    }

    /** Changes it. */
    public void suppress(String message) {
      kept.addSuppressed(new IOException(message));
    }
  }

  @Conformance
  void equalityOfAnExceptionIsItsOwn(Throwables throwables) {
    Throwable spoken = throwables.awkward("");
    assertThat(spoken).isEqualTo(new Spoken("spoken")).hasToString("Spoken: spoken");
    assertThat(spoken).hasSameHashCodeAs(new Spoken("spoken"));
  }

  @Conformance
  void aStackCanBePrinted(Throwables throwables) {
    var text = new StringWriter();
    catchThrowable(() -> throwables.fail("message")).printStackTrace(new PrintWriter(text));
    assertThat(text.toString())
        .contains("Talkative: local [3] said, since why")
        .contains("Throwables.awkward(ThrowablesTest.java:")
        .contains("Caused by: java.io.IOException: why")
        .contains("ThrowablesTest.aStackCanBePrinted");
  }
}
