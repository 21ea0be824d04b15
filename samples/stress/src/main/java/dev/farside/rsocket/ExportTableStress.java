package dev.farside.rsocket;

import dev.farside.Unreferenced;
import dev.farside.codec.Message.Release;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** An object of ours stays in the table as long as the peer has not released all it was sent. */
public final class ExportTableStress {
  private ExportTableStress() {}

  /** One table with one object. */
  private static final class OneObject implements Unreferenced {
    private final ExportTable table = new ExportTable(new ExportCensus(Runnable::run));
    private final AtomicInteger told = new AtomicInteger();

    @Override
    public void onUnreferenced() {
      told.incrementAndGet();
    }

    long send() {
      return table.send(this);
    }

    void release(long id) {
      table.release(List.of(new Release.Count(id, 1)));
    }
  }

  /** An object is sent again while the peer releases what it had got of it. */
  @JCStressTest
  @Outcome(id = "1, 1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Sent in time: it has stayed.")
  @Outcome(id = "2, 1, 0, 2", expect = Expect.ACCEPTABLE, desc = "It has a new number.")
  @Outcome(id = "2, 1, 0, 1", expect = Expect.ACCEPTABLE, desc = "New, before it was told.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was dropped, or stays for ever.")
  @State
  public static class SendAndRelease {
    private final OneObject object = new OneObject();
    private final long first = object.send();
    private long again;

    @Actor
    public void sender() {
      again = object.send();
    }

    @Actor
    public void peer() {
      object.release(first);
    }

    @Arbiter
    public void count(IIII_Result r) {
      r.r1 = (int) again;
      r.r2 = object.table.find(again) == object ? 1 : 0;
      object.release(again);
      r.r3 = object.table.size();
      r.r4 = object.told.get();
    }
  }

  /** Two references are released at once. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It has gone, and was told once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It stays, or was not told, or twice.")
  @State
  public static class ReleaseAndRelease {
    private final OneObject object = new OneObject();
    private final long id = object.send();

    public ReleaseAndRelease() {
      object.send();
    }

    @Actor
    public void peer() {
      object.release(id);
    }

    @Actor
    public void sender() {
      object.release(id);
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = object.table.size();
      r.r2 = object.told.get();
    }
  }

  /** An object is sent for the first time by two threads. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "It has one number.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It has two.")
  @State
  public static class SendAndSend {
    private final OneObject object = new OneObject();

    @Actor
    public void sender(III_Result r) {
      r.r1 = (int) object.send();
    }

    @Actor
    public void another(III_Result r) {
      r.r2 = (int) object.send();
    }

    @Arbiter
    public void count(III_Result r) {
      r.r3 = object.table.size();
    }
  }

  /** An object is sent while the connection ends. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It was never in the table.")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It was, and was told that it is not.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It stays.")
  @State
  public static class SendAndClose {
    private final OneObject object = new OneObject();

    @Actor
    public void sender() {
      object.send();
    }

    @Actor
    public void connection() {
      object.table.close();
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = object.table.size();
      r.r2 = object.told.get();
    }
  }

  /** The peer releases the last reference while the connection ends. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It has gone, and was told once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It stays, or was not told, or twice.")
  @State
  public static class ReleaseAndClose {
    private final OneObject object = new OneObject();
    private final long id = object.send();

    @Actor
    public void peer() {
      object.release(id);
    }

    @Actor
    public void connection() {
      object.table.close();
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = object.table.size();
      r.r2 = object.told.get();
    }
  }
}
