package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Peer;
import dev.farside.Remote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Objects that are constructed at the other side, by the constructor that a compiler would take.
 */
@SuppressWarnings("UnnecessaryLambda")
public class CreateTest {
  /** Tells which constructor was taken. */
  public abstract static class Chosen {
    private final String by;

    Chosen(String by) {
      this.by = by;
    }

    /** The types of its parameters. */
    public String by() {
      return by;
    }
  }

  /** One number. */
  public static class OfNumber extends Chosen {
    public OfNumber(long value) {
      super("long");
    }

    public OfNumber(double value) {
      super("double");
    }

    public OfNumber(Integer value) {
      super("Integer");
    }

    public OfNumber(Object value) {
      super("Object");
    }
  }

  @Conformance(here = false)
  void numbersWidenBeforeTheyAreBoxed(Peer peer) {
    Class<OfNumber> type = OfNumber.class;
    assertThat(peer.create(type, 5).by()).isEqualTo(new OfNumber(5).by()).isEqualTo("long");
    assertThat(peer.create(type, 'c').by()).isEqualTo(new OfNumber('c').by()).isEqualTo("long");
    assertThat(peer.create(type, (byte) 5).by()).isEqualTo(new OfNumber((byte) 5).by());
    assertThat(peer.create(type, 5f).by()).isEqualTo(new OfNumber(5f).by()).isEqualTo("double");
    assertThat(peer.create(type, true).by()).isEqualTo(new OfNumber(true).by());
    assertThat(peer.create(type, "5").by()).isEqualTo(new OfNumber("5").by());
    assertThat(peer.create(type, (Object) null).by()).isEqualTo("Integer");
  }

  /** Two arguments, one of which needs a box. */
  public static class OfTwo extends Chosen {
    public OfTwo(long first, Object second) {
      super("long, Object");
    }

    public OfTwo(Integer first, String second) {
      super("Integer, String");
    }

    public OfTwo(int first, CharSequence second, int third) {
      super("int, CharSequence, int");
    }

    public OfTwo(Object first, Object second, Object third) {
      super("three Objects");
    }
  }

  @Conformance(here = false)
  void whatNeedsNoBoxGoesFirst(Peer peer) {
    assertThat(peer.create(OfTwo.class, 5, "a").by())
        .isEqualTo(new OfTwo(5, "a").by())
        .isEqualTo("long, Object");
    assertThat(peer.create(OfTwo.class, 5, "a", 'c').by()).isEqualTo(new OfTwo(5, "a", 'c').by());
    assertThat(peer.create(OfTwo.class, 5, "a", 5L).by()).isEqualTo(new OfTwo(5, "a", 5L).by());
  }

  /** Variable arity. */
  public static class OfMany extends Chosen {
    public OfMany(String one) {
      super("String");
    }

    public OfMany(Object... many) {
      super("Object... " + (many == null ? "null" : many.length));
    }

    public OfMany(String... many) {
      super("String... " + (many == null ? "null" : many.length));
    }

    public OfMany(String first, Object... many) {
      super("String, Object... " + many.length);
    }

    public OfMany(int... many) {
      super("int... " + many.length);
    }
  }

  @Conformance(here = false)
  void variableArityComesLastAndTheMostSpecificOneOfItIsTaken(Peer peer) {
    Class<OfMany> type = OfMany.class;
    assertThat(peer.create(type, "a").by()).isEqualTo(new OfMany("a").by()).isEqualTo("String");
    assertThat(peer.create(type, "a", "b").by()).isEqualTo(new OfMany("a", "b").by());
    assertThat(peer.create(type, "a", 1).by()).isEqualTo(new OfMany("a", 1).by());
    assertThat(peer.create(type, 1, 2).by()).isEqualTo("int... 2"); // ambiguous for javac
    assertThat(peer.create(type, 1, "b").by()).isEqualTo(new OfMany(1, "b").by());
    assertThat(peer.create(type, 1L, 2L, 3L).by()).isEqualTo(new OfMany(1L, 2L, 3L).by());
    assertThat(peer.create(type, (Object) new int[] {1, 2}).by())
        .isEqualTo(new OfMany(new int[] {1, 2}).by());
    assertThat(peer.create(type, (Object) new String[] {"a", "b"}).by())
        .isEqualTo(new OfMany(new String[] {"a", "b"}).by());
  }

  /** Several interfaces. */
  public static class OfInterface extends Chosen {
    public OfInterface(Runnable action) {
      super("Runnable");
    }

    public OfInterface(Callable<?> action) {
      super("Callable");
    }

    public OfInterface(List<?> list) {
      super("List");
    }

    public OfInterface(Collection<?> collection) {
      super("Collection");
    }

    public OfInterface(Runnable first, Runnable... more) {
      super("Runnables " + more.length);
    }
  }

  @Conformance(here = false)
  void anObjectOfTheCallerIsTakenForWhatItIs(Peer peer) {
    Runnable run = () -> {};
    Callable<String> call = () -> "a";
    Class<OfInterface> type = OfInterface.class;
    assertThat(peer.create(type, run).by()).isEqualTo("Runnable");
    assertThat(peer.create(type, call).by()).isEqualTo("Callable");
    assertThat(peer.create(type, new ArrayList<>()).by()).isEqualTo("List");
    assertThat(peer.create(type, List.of()).by()).isEqualTo("List");
    assertThat(peer.create(type, run, run, run).by()).isEqualTo("Runnables 2");
  }

  @Conformance(here = false)
  void whatACompilerRefusesIsRefusedInWords(Peer peer) {
    assertThatThrownBy(() -> peer.create(OfInterface.class, (Object) null))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageContaining("<init>(null) is ambiguous among <init>(java.lang.Runnable), ");
    assertThatThrownBy(() -> peer.create(OfInterface.class, 1))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageContaining("has no public method <init>(java.lang.Integer); it has <init>(");
    assertThatThrownBy(() -> peer.create(Chosen.class, "a"))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageEndingWith(
            ": class dev.farside.conformance.CreateTest$Chosen is abstract:"
                + " create a class that extends it");
    assertThatThrownBy(() -> peer.create(List.class))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageEndingWith(
            ": interface java.util.List has no constructor: create a class that implements it");
  }

  /** Fails as it is constructed. */
  public static class Failing {
    public Failing(boolean checked) throws TimeoutException {
      if (checked) {
        throw new TimeoutException("too late");
      }
      throw new IllegalStateException("bad", new RuntimeException("cause"));
    }
  }

  /** Cannot be initialised. */
  public static class Uninitialisable {
    static final int NUMBER = Integer.parseInt("none");

    /** Uses it. */
    public int number() {
      return NUMBER;
    }
  }

  @Conformance(here = false)
  void whatAConstructorThrowsArrivesAsItIs(Peer peer) {
    assertThatThrownBy(() -> peer.create(Failing.class, true))
        .isExactlyInstanceOf(TimeoutException.class)
        .hasMessage("too late");
    assertThatThrownBy(() -> peer.create(Failing.class, false))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("bad")
        .hasRootCauseMessage("cause");
    assertThatThrownBy(() -> peer.create(Uninitialisable.class)).isInstanceOf(LinkageError.class);
  }

  /** Calls back while it is constructed. */
  public static class CallsBack {
    private final String heard;

    public CallsBack(Callable<String> first, Consumer<CallsBack> then) throws Exception {
      heard = first.call();
      then.accept(this);
    }

    /** What it was told. */
    public String heard() {
      return heard;
    }
  }

  @Conformance(here = false)
  void aConstructorCallsBack(Peer peer) {
    var lock = new ReentrantLock();
    var seen = new ArrayList<CallsBack>();
    lock.lock();
    try {
      CallsBack made =
          peer.create(
              CallsBack.class,
              (Callable<String>)
                  () -> {
                    lock.lock(); // on the thread that waits for the object
                    try {
                      return "held " + lock.getHoldCount();
                    } finally {
                      lock.unlock();
                    }
                  },
              (Consumer<CallsBack>) seen::add);
      assertThat(made.heard()).isEqualTo("held 2");
      assertThat(seen.get(0)).isSameAs(made);
      assertThat(Remote.isRemote(made)).isTrue();
    } finally {
      lock.unlock();
    }
  }

  @Conformance(here = false)
  void whatACallbackOfAConstructorThrowsComesBackAsTheSame(Peer peer) {
    var own = new IllegalStateException("mine");
    Callable<String> fails =
        () -> {
          throw own;
        };
    Consumer<CallsBack> nothing = c -> {};
    assertThatThrownBy(() -> peer.create(CallsBack.class, fails, nothing)).isSameAs(own);
  }
}
