package dev.farside.rsocket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** What was accepted for the user's scheduler is run there although the connection ends. */
public final class ReactiveWorkerStress {
  private ReactiveWorkerStress() {}

  /** Runs nothing before it is told to, and forgets all when disposed. */
  private static final class Later implements Scheduler {
    private final LaterWorker worker = new LaterWorker();

    @Override
    public Worker createWorker() {
      return worker;
    }

    @Override
    public Disposable schedule(Runnable task) {
      return worker.schedule(task);
    }

    void run() {
      Queue<Runnable> tasks = worker.tasks;
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    }
  }

  private static final class LaterWorker implements Scheduler.Worker {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger disposed = new AtomicInteger();

    @Override
    public Disposable schedule(Runnable task) {
      if (disposed.get() > 0) {
        throw new RejectedExecutionException("disposed");
      }
      tasks.add(task);
      return Disposables.disposed();
    }

    @Override
    public void dispose() {
      disposed.getAndIncrement();
      tasks.clear();
    }
  }

  /** A task comes in while the connection ends. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "It was accepted and run.")
  @Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "It was rejected.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost, or its worker not disposed of once.")
  @State
  public static class ExecuteAndEnd {
    private final Later later = new Later();
    private final ReactiveWorker worker = new ReactiveWorker(later);
    private int ran;

    @Actor
    public void caller(III_Result r) {
      try {
        worker.execute(() -> ran++);
        r.r1 = 1;
      } catch (RejectedExecutionException e) {
        r.r1 = 0;
      }
    }

    @Actor
    public void connection() {
      worker.end();
    }

    @Arbiter
    public void count(III_Result r) {
      later.run();
      r.r2 = ran;
      r.r3 = later.worker.disposed.get();
    }
  }

  /** The last task ends while the connection does. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "It was run, then all ended.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost, or its worker not disposed of once.")
  @State
  public static class RunAndEnd {
    private final Later later = new Later();
    private final ReactiveWorker worker = new ReactiveWorker(later);
    private int ran;

    public RunAndEnd() {
      worker.execute(() -> ran++);
    }

    @Actor
    public void scheduler() {
      later.run();
    }

    @Actor
    public void connection() {
      worker.end();
    }

    @Arbiter
    public void count(III_Result r) {
      r.r1 = ran;
      r.r2 = later.worker.tasks.size();
      r.r3 = later.worker.disposed.get();
    }
  }
}
