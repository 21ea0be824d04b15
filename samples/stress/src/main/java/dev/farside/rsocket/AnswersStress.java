package dev.farside.rsocket;

import dev.farside.codec.Message;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A call is answered, or fails, or is given up: one of these, once. */
public final class AnswersStress {
  private AnswersStress() {}

  /** Counts what becomes of it. */
  private static final class OneCall extends PendingCall {
    private static final Frame RETURNED = Marshaller.frame(new Message.Returned());

    private final AtomicInteger ends = new AtomicInteger();

    OneCall() {
      super(SilentSession.SESSION, 1);
    }

    void answer() {
      onNext(RETURNED);
      onComplete();
    }

    @Override
    void answered(Incoming answer) {
      answer.close();
      ends.getAndIncrement();
    }

    @Override
    void failed(Throwable failure) {
      ends.getAndIncrement();
    }
  }

  /** The answer comes while the caller gives up. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The answer was taken.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The caller has given up.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "None, or both.")
  @State
  public static class AnswerAndGiveUp {
    private final OneCall call = new OneCall();

    @Actor
    public void peer() {
      call.answer();
    }

    @Actor
    public void caller(II_Result r) {
      r.r2 = call.giveUp() ? 1 : 0;
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = call.ends.get();
    }
  }

  /** The caller gives up while the connection ends. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It ended once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It did not, or twice.")
  @State
  public static class GiveUpAndFail {
    private final OneCall call = new OneCall();
    private int givenUp;

    @Actor
    public void connection() {
      call.onError(new IllegalStateException("lost"));
    }

    @Actor
    public void caller() {
      givenUp = call.giveUp() ? 1 : 0;
    }

    @Arbiter
    public void count(I_Result r) {
      r.r1 = call.ends.get() + givenUp;
    }
  }

  /** The caller gives up while the call leaves. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The peer is told by who sends.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The peer is told by who gives up.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Told twice: no harm.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The peer is not told, and carries it out.")
  @State
  public static class SendAndGiveUp {
    private final OneCall call = new OneCall();

    @Actor
    public void sender(II_Result r) {
      SilentSession.sent();
      call.sent();
      r.r1 = SilentSession.sent();
    }

    @Actor
    public void caller(II_Result r) {
      SilentSession.sent();
      call.giveUp();
      r.r2 = SilentSession.sent();
    }
  }

  /** An answer comes while what holds it ends. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It was taken once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost, or taken twice.")
  @State
  public static class AnswerAndLetGo {
    private final HeldAnswers held = new HeldAnswers();
    private final AtomicInteger taken = new AtomicInteger();

    public AnswerAndLetGo() {
      held.hold(1);
    }

    @Actor
    public void connection() {
      held.whenFree(1, taken::getAndIncrement);
    }

    @Actor
    public void oneWay() {
      held.letGo(1);
    }

    @Arbiter
    public void count(I_Result r) {
      r.r1 = taken.get();
    }
  }

  /** The last two that hold an answer end at once. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It was taken once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost, or taken twice.")
  @State
  public static class LetGoAndLetGo {
    private final HeldAnswers held = new HeldAnswers();
    private final AtomicInteger taken = new AtomicInteger();

    public LetGoAndLetGo() {
      held.hold(1);
      held.hold(1);
      held.whenFree(1, taken::getAndIncrement);
    }

    @Actor
    public void oneWay() {
      held.letGo(1);
    }

    @Actor
    public void another() {
      held.letGo(1);
    }

    @Arbiter
    public void count(I_Result r) {
      r.r1 = taken.get();
    }
  }
}
