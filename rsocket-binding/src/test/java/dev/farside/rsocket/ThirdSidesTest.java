package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.Remote;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** References that are handed on along a chain of three JVMs: this one, b and c. */
@Timeout(60)
public class ThirdSidesTest {
  /** An object of one of them. */
  public interface Box {
    String label();

    /** Writes into the array. */
    void fill(int[] numbers);

    void fail() throws IOException;

    /** Whether it is this one. */
    boolean is(Box other);

    /** What the function makes of this one. */
    Box apply(Function<Box, Box> function);
  }

  /** The side of one of them. */
  public interface Member {
    void join(String nextUri);

    /** This member's own object. */
    Box own();

    /** The next member's object. */
    Box ofNext();

    /** Keeps an object. */
    void keep(Box box);

    /** Gives what was kept back. */
    Box kept();

    void forget();

    /** Has the next member keep an object. */
    void keepAtNext(Box box);

    /** What the next member has kept. */
    Box keptAtNext();

    /** Calls what was kept. */
    String labelOfKept();

    /** That the connection to the next member holds nothing, at either end. */
    void assertAtBase();
  }

  static final class PlainBox implements Box {
    private final String label;

    PlainBox(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public void fill(int[] numbers) {
      numbers[0] = 7;
    }

    @Override
    public void fail() throws IOException {
      throw new FileNotFoundException(label);
    }

    @Override
    public boolean is(Box other) {
      return this == other;
    }

    @Override
    public Box apply(Function<Box, Box> function) {
      return function.apply(this);
    }
  }

  static final class PlainMember implements Member {
    private final Box own;
    private final Farside side;
    private volatile Peer next;
    private volatile Box kept;

    PlainMember(String name) {
      own = new PlainBox("box of " + name);
      side = TwoJvms.withVitals(Farside.builder());
      side.bind("member", this);
    }

    private Member next() {
      return next.lookup("member", Member.class);
    }

    @Override
    public void join(String nextUri) {
      next = side.connectNow(nextUri);
    }

    @Override
    public Box own() {
      return own;
    }

    @Override
    public Box ofNext() {
      return next().own();
    }

    @Override
    public void keep(Box box) {
      kept = box;
    }

    @Override
    public Box kept() {
      return kept;
    }

    @Override
    public void forget() {
      kept = null;
    }

    @Override
    public void keepAtNext(Box box) {
      next().keep(box);
    }

    @Override
    public Box keptAtNext() {
      return next().kept();
    }

    @Override
    public String labelOfKept() {
      return kept.label();
    }

    @Override
    public void assertAtBase() {
      TwoJvms.assertTablesAtBase(next);
    }
  }

  static final class Main {
    public static void main(String[] args) throws Exception {
      try (Farside side = new PlainMember(args[0]).side) {
        OtherJvm.serve(side.listenNow("tcp://127.0.0.1:0"));
      }
    }
  }

  @RegisterExtension private final MoreJvms jvms = new MoreJvms();
  private final OtherJvm b = jvms.running(Main.class, "b");
  private final OtherJvm c = jvms.running(Main.class, "c");
  private final PlainMember here = new PlainMember("a");
  private final Member memberB = join();
  private final Peer toC = here.side.connectNow(c.uri());
  private final Member memberC = toC.lookup("member", Member.class);

  private Member join() {
    here.join(b.uri());
    here.next().join(c.uri());
    return here.next();
  }

  @AfterEach
  void end() {
    here.side.close();
  }

  @Test
  void aReferenceThatWasHandedOnWorks() throws IOException {
    Box box = memberB.ofNext();
    assertThat(box.label()).isEqualTo("box of c");
    int[] numbers = {1, 2};
    box.fill(numbers);
    assertThat(numbers).containsExactly(7, 2);
    assertThatThrownBy(box::fail)
        .isExactlyInstanceOf(FileNotFoundException.class)
        .hasMessage("box of c");
    List<Thread> threads = new ArrayList<>();
    assertThat(
            box.apply(
                b -> {
                  threads.add(Thread.currentThread());
                  return b;
                }))
        .isSameAs(box);
    assertThat(threads).containsExactly(Thread.currentThread());
    assertThat(memberB.ofNext()).isSameAs(box);
  }

  @Test
  void aReferenceThatWasHandedOnIsDroppedAllAlongTheWay() {
    assertThat(memberB.ofNext().label()).isEqualTo("box of c");
    here.assertAtBase(); // b lets go of it once we have
    memberB.assertAtBase();
    memberB.keepAtNext(here.own);
    assertThat(memberC.labelOfKept()).isEqualTo("box of a");
    memberC.forget();
    memberB.assertAtBase();
    here.assertAtBase();
    TwoJvms.assertTablesAtBase(toC);
  }

  @Test
  void whatComesHomeByTheWayItWentIsItself() {
    memberB.keepAtNext(here.own); // c has it through b
    assertThat(memberB.keptAtNext()).isSameAs(here.own);
    assertThat(memberC.labelOfKept()).isEqualTo("box of a");
    memberC.forget();

    Box ofB = memberB.own();
    memberB.keepAtNext(ofB);
    assertThat(memberB.keptAtNext()).isSameAs(ofB);
    assertThat(memberB.own().is(memberB.keptAtNext())).isTrue();
    memberC.forget();

    Box ofC = memberB.ofNext();
    assertThat(ofC.is(ofC)).isTrue(); // c gets its own through b
    memberB.keepAtNext(ofC);
    assertThat(memberB.keptAtNext()).isSameAs(ofC);
    memberC.forget();
  }

  @Test
  void whatComesByAnotherWayIsAnotherProxyOfTheSameObject() {
    Box throughB = memberB.ofNext();
    Box direct = memberC.own();
    assertThat(direct).isNotSameAs(throughB);
    assertThat(direct.label()).isEqualTo(throughB.label());
    memberB.keepAtNext(here.own);
    Box ownThroughBoth = memberC.kept();
    assertThat(Remote.isRemote(ownThroughBoth)).isTrue();
    assertThat(ownThroughBoth.label()).isEqualTo("box of a");
    memberC.forget();
  }

  @Test
  void whenTheMiddleLeavesBothEndsSaySo() {
    Box ofC = memberB.ofNext();
    memberB.keepAtNext(here.own);
    assertThat(ofC.label()).isEqualTo("box of c");
    b.kill();
    assertThatThrownBy(ofC::label)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("The connection to " + b.uri() + " is lost");
    assertThatThrownBy(memberC::labelOfKept)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("The connection to client 1 of " + c.uri() + " is lost");
    assertThat(memberC.own().label()).isEqualTo("box of c");
    assertThat(ofC.toString()).endsWith("(disconnected)");
    memberC.forget();
  }

  @Test
  void whenTheOwnerLeavesTheMiddleSaysWhoIsGone() {
    Box ofC = memberB.ofNext();
    assertThat(ofC.label()).isEqualTo("box of c");
    c.kill();
    assertThatThrownBy(ofC::label)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("The connection to " + c.uri() + " is lost");
    assertThat(memberB.own().label()).isEqualTo("box of b");
  }
}
