package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What comes in for a chain is run once, although who serves the mailbox comes and goes. */
public final class MailboxStress {
  private MailboxStress() {}

  /** A chain whose workers run where the test wants. Nobody in it ever parks. */
  private static final class OneChain implements LogicalThread.Callee {
    private final Queue<Runnable> workers = new ConcurrentLinkedQueue<>();
    private final Chain chain = new Chain(1, 2);
    private final LogicalThreads all = new LogicalThreads(workers::add);
    private final LogicalThread thread = LogicalThread.own(chain, all);
    private boolean waits;

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void ended(Chain ended) {}

    /** Posts a task whose caller is gone when it has run, so that no worker waits for the next. */
    void post(AtomicInteger byWaiter, AtomicInteger byWorker) {
      var caller = new Object();
      all.execute(
          chain,
          caller,
          () -> {
            (waits ? byWaiter : byWorker).getAndIncrement();
            all.current().gone(caller);
          },
          TimeLimit.NONE);
    }

    /** As a call does whose answer is there at once. */
    void waitAndLeave() {
      waits = true;
      thread.enter(this);
      try {
        thread.await(() -> true, TimeLimit.NONE);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        waits = false;
        thread.leave();
      }
    }

    /** Is each worker that was started, to its end. */
    void work() {
      for (Runnable next = workers.poll(); next != null; next = workers.poll()) {
        next.run();
      }
    }
  }

  /** A task comes in while who waits comes and leaves. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Who waits has run it.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "A worker has run it.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost or run twice.")
  @State
  public static class PostAndLeave {
    private final OneChain one = new OneChain();
    private final AtomicInteger byWaiter = new AtomicInteger();
    private final AtomicInteger byWorker = new AtomicInteger();

    @Actor
    public void waiter() {
      one.waitAndLeave();
    }

    @Actor
    public void caller() {
      one.post(byWaiter, byWorker);
    }

    @Arbiter
    public void count(II_Result r) {
      one.work();
      r.r1 = byWaiter.get();
      r.r2 = byWorker.get();
    }
  }

  /** A task comes in while the worker, which has run the last one, is stopping. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each was run once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost or run twice.")
  @State
  public static class PostAndStop {
    private final OneChain one = new OneChain();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();

    public PostAndStop() {
      one.post(first, first);
    }

    @Actor
    public void worker() {
      one.work();
    }

    @Actor
    public void caller() {
      one.post(second, second);
    }

    @Arbiter
    public void count(II_Result r) {
      one.work();
      r.r1 = first.get();
      r.r2 = second.get();
    }
  }

  /** A task comes in while the worker stops because its caller's connection has ended. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each was run once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost or run twice.")
  @State
  public static class PostAndGone {
    private final OneChain one = new OneChain();
    private final Object gone = new Object();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();

    public PostAndGone() {
      one.all.execute(one.chain, gone, first::getAndIncrement, TimeLimit.NONE);
    }

    @Actor
    public void worker() {
      one.all.gone(gone);
      one.work();
    }

    @Actor
    public void caller() {
      one.post(second, second);
    }

    @Arbiter
    public void count(II_Result r) {
      one.work();
      r.r1 = first.get();
      r.r2 = second.get();
    }
  }

  /** Two callers post, and one of them has to start the worker. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One worker has run each once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost or run twice, or two workers began.")
  @State
  public static class PostAndPost {
    private final OneChain one = new OneChain();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();

    @Actor
    public void caller() {
      one.post(first, first);
    }

    @Actor
    public void another() {
      one.post(second, second);
    }

    @Arbiter
    public void count(III_Result r) {
      r.r3 = one.workers.size();
      one.work();
      r.r1 = first.get();
      r.r2 = second.get();
    }
  }
}
