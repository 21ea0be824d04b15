package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A call that is given up is told so, and its interrupt reaches nobody else. */
public final class RunningCallStress {
  private RunningCallStress() {}

  /** A call is given up while its method begins and returns. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Given up before it began.")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It returned first.")
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "Its thread was interrupted.")
  @Outcome(id = "3, 0", expect = Expect.FORBIDDEN, desc = "It ran, given up, and was not told.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt came after it had returned.")
  @State
  public static class CancelAndRun {
    private final RunningCall call = new RunningCall();
    private volatile boolean cancelled;

    @Actor
    public void peer() {
      call.cancel();
      cancelled = true;
    }

    @Actor
    public void method(II_Result r) {
      if (call.enter()) {
        boolean late = cancelled;
        boolean told = Thread.currentThread().isInterrupted();
        r.r1 = told ? 2 : late ? 3 : 1;
      }
      call.leave();
      r.r2 = Thread.interrupted() ? 1 : 0;
    }
  }

  /** As {@link CancelAndRun}, but the thread is looked at when all is over. */
  @JCStressTest
  @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "No interrupt is left.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt came after it had returned.")
  @State
  public static class CancelAndLeave {
    private final RunningCall call = new RunningCall();
    private volatile Thread runner = Thread.currentThread();

    @Actor
    public void peer() {
      call.cancel();
    }

    @Actor
    public void method() {
      Thread.interrupted(); // of a state before this one
      runner = Thread.currentThread();
      call.enter();
      call.leave();
    }

    @Arbiter
    public void look(I_Result r) {
      r.r1 = runner.isInterrupted() ? 1 : 0;
    }
  }

  /** A call is given up while what is to be done then becomes known. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It was done once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was not done, or twice.")
  @State
  public static class CancelAndOnCancel {
    private final RunningCall call = new RunningCall();
    private final AtomicInteger done = new AtomicInteger();

    @Actor
    public void peer() {
      call.cancel();
    }

    @Actor
    public void method() {
      call.onCancel(done::getAndIncrement);
    }

    @Arbiter
    public void count(I_Result r) {
      r.r1 = done.get();
    }
  }

  /** A call is given up while its method says that it cannot be. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It is shielded.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It was given up before.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It is given up in part.")
  @State
  public static class CancelAndShield {
    private final RunningCall call = new RunningCall();
    private final AtomicInteger done = new AtomicInteger();

    public CancelAndShield() {
      call.onCancel(done::getAndIncrement);
    }

    @Actor
    public void peer() {
      call.cancel();
    }

    @Actor
    public void method(II_Result r) {
      call.shield();
      r.r1 = call.enter() ? 0 : 1;
      call.leave();
    }

    @Arbiter
    public void count(II_Result r) {
      r.r2 = done.get();
    }
  }
}
