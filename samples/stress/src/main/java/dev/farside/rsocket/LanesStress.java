package dev.farside.rsocket;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Calls on one object begin once, in their order, and not while an awaited one runs. */
public final class LanesStress {
  private static final Object KEY = "the object";
  private static final Nesting NOBODY = Nesting.in(null, null);

  private LanesStress() {}

  /** Awaited calls of two callers. */
  @JCStressTest
  @Outcome(id = "2, 0, 0", expect = Expect.ACCEPTABLE, desc = "Each ran once, and alone.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or not alone, or its lane stays.")
  @State
  public static class EnterAndEnter {
    private final Map<Object, Lanes.Lane> busy = new HashMap<>();
    private final Lanes lanes = new Lanes(busy);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger together = new AtomicInteger();

    private final class Call {
      private final Lanes.Visit visit =
          new Lanes.Visit(NOBODY, new Lanes.Way(false, true, false, null), this::run);

      void enter() {
        lanes.enter(KEY, visit);
      }

      private void run() {
        if (running.getAndIncrement() != 0) {
          together.getAndIncrement();
        }
        ran.getAndIncrement();
        running.getAndDecrement();
        lanes.leave(KEY, visit);
      }
    }

    @Actor
    public void caller() {
      new Call().enter();
    }

    @Actor
    public void another() {
      new Call().enter();
    }

    @Arbiter
    public void count(III_Result r) {
      r.r1 = ran.get();
      r.r2 = together.get();
      r.r3 = busy.size() + (lanes.isIdle() ? 0 : 1);
    }
  }

  /** The two parts of an awaited call end while the next one comes. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The next began when both had ended.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The next was lost, or began too early.")
  @State
  public static class PartAndEnter {
    private final Lanes lanes = new Lanes(new HashMap<>());
    private final Passage first = Passage.ofReference(lanes, KEY);
    private final Passage next = Passage.ofReference(lanes, KEY);
    private volatile boolean ended;
    private int began;
    private int early;

    public PartAndEnter() {
      first.begin(NOBODY, false, true, false, null, first::returned);
    }

    @Actor
    public void first() {
      ended = true;
      first.answered();
    }

    @Actor
    public void next() {
      next.begin(NOBODY, false, true, false, null, this::run);
    }

    private void run() {
      began++;
      early += ended ? 0 : 1;
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = began;
      r.r2 = early;
    }
  }

  /** A one-way call ends, for which a reactive one waits, while the next reactive one comes in. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "They began in the order sent.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or overtook the other.")
  @State
  public static class LeaveAndPass {
    private final Lanes lanes = new Lanes(new HashMap<>());
    private final Passage oneWay = Passage.ofReference(lanes, KEY);
    private final AtomicInteger clock = new AtomicInteger();
    private volatile int waitingBegan;
    private volatile int nextBegan;

    public LeaveAndPass() {
      oneWay.begin(NOBODY, false, true, false, null, oneWay::returned);
      Passage.ofReference(lanes, KEY)
          .begin(NOBODY, false, false, false, null, () -> waitingBegan = clock.incrementAndGet());
    }

    @Actor
    public void oneWay() {
      oneWay.answered();
    }

    @Actor
    public void next() {
      Passage.ofReference(lanes, KEY)
          .begin(NOBODY, false, false, false, null, () -> nextBegan = clock.incrementAndGet());
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = waitingBegan;
      r.r2 = nextBegan;
    }
  }
}
