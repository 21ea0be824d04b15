package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chain stays one thread in each of three JVMs, however it comes back to them. */
@Timeout(60)
public class RingOfSidesTest {
  /** One side of the ring. */
  public interface Member {
    /** Tells where the next member listens. */
    void join(String nextUri);

    /** Which threads a call has passed, this member's first. */
    List<String> pass(int hops);

    /** Has an action run by the member that is so many hops away. */
    void carry(int hops, Runnable action);

    /** That the connection to the next member holds nothing, at either end. */
    void assertAtBase();
  }

  /** The member of each JVM. */
  static final class PlainMember implements Member {
    private final String name;
    private final Farside side;
    private volatile Peer next;

    PlainMember(String name) {
      this.name = name;
      this.side = TwoJvms.withVitals(Farside.builder());
      side.bind("member", this);
    }

    @Override
    public void join(String nextUri) {
      next = side.connectNow(nextUri);
    }

    Member next() {
      return next.lookup("member", Member.class);
    }

    @Override
    public List<String> pass(int hops) {
      var path = new ArrayList<String>(List.of(name + Thread.currentThread().getId()));
      if (hops > 0) {
        path.addAll(next().pass(hops - 1));
      }
      return List.copyOf(path);
    }

    @Override
    public void carry(int hops, Runnable action) {
      if (hops == 0) {
        action.run();
      } else {
        next().carry(hops - 1, action);
      }
    }

    @Override
    public void assertAtBase() {
      TwoJvms.assertTablesAtBase(next);
    }
  }

  /** Each of the other two JVMs. */
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
  private Peer toC;

  @BeforeEach
  void makeTheRing() {
    here.join(b.uri());
    here.next().join(c.uri());
    toC = here.side.connectNow(c.uri());
    memberC().join(here.side.listenNow("tcp://127.0.0.1:0").uri());
  }

  private Member memberC() {
    return toC.lookup("member", Member.class);
  }

  @AfterEach
  void breakTheRing() {
    here.side.close();
  }

  /** Backwards: a member lets go of what it was passed once the next has let go of it. */
  private void assertTablesAtBase() {
    memberC().assertAtBase();
    here.next().assertAtBase();
    here.assertAtBase();
    TwoJvms.assertTablesAtBase(toC);
  }

  @Test
  void aCallThatComesRoundRunsOnTheThreadThatWaitsForIt() {
    List<String> path = here.pass(300);
    String self = "a" + Thread.currentThread().getId();
    List<String> round = List.of(self, path.get(1), path.get(2));
    assertThat(path.get(1)).startsWith("b");
    assertThat(path.get(2)).startsWith("c");
    for (int i = 0; i < path.size(); i++) {
      assertThat(path.get(i)).isEqualTo(round.get(i % 3));
    }
    assertTablesAtBase();
  }

  @Test
  void aCallThatComesRoundEntersTheLocksOfItsCaller() {
    var lock = new ReentrantLock();
    var monitor = new Object();
    List<Integer> holds = new CopyOnWriteArrayList<>();
    here.side.bind(
        "member",
        new HomeMember(
            here,
            () -> {
              synchronized (monitor) {
                lock.lock();
                try {
                  holds.add(lock.getHoldCount());
                } finally {
                  lock.unlock();
                }
              }
            }));
    synchronized (monitor) {
      lock.lock();
      try {
        here.pass(3);
        here.pass(6);
      } finally {
        lock.unlock();
      }
    }
    assertThat(holds).containsExactly(2, 2, 2);
    assertTablesAtBase();
  }

  /** The member of this JVM, where calls that come round are noticed. */
  private record HomeMember(PlainMember member, Runnable onHome) implements Member {
    @Override
    public void join(String nextUri) {
      member.join(nextUri);
    }

    @Override
    public List<String> pass(int hops) {
      onHome.run();
      return member.pass(hops);
    }

    @Override
    public void carry(int hops, Runnable action) {
      member.carry(hops, action);
    }

    @Override
    public void assertAtBase() {
      member.assertAtBase();
    }
  }

  @Test
  void aCallbackThatComesHomeByTheSameWayOrByAnotherEntersTheLocksToo() {
    var lock = new ReentrantLock();
    List<String> ran = new ArrayList<>();
    Runnable callback =
        () -> {
          lock.lock();
          try {
            ran.add(lock.getHoldCount() + " " + Thread.currentThread().getName());
          } finally {
            lock.unlock();
          }
        };
    lock.lock();
    try {
      here.carry(1, callback); // b calls it
      here.carry(2, callback); // c calls it through b
      here.carry(3, callback); // it has gone all the way round
    } finally {
      lock.unlock();
    }
    String onThisThread = "2 " + Thread.currentThread().getName();
    assertThat(ran).containsExactly(onThisThread, onThisThread, onThisThread);
    assertTablesAtBase();
  }
}
