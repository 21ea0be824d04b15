package dev.farside.rsocket;

import dev.farside.codec.Message.Release;
import dev.farside.codec.Shape;
import dev.farside.rsocket.ImportTable.Import;
import dev.farside.rsocket.ImportTable.InUse;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** As many references of an object are given back as were received, and none while it is in use. */
public final class ImportTableStress {
  private static final Shape SHAPE =
      new Shape(Shape.Kind.OBJECT, List.of("java.lang.Runnable"), false, false);

  private ImportTableStress() {}

  /** One table with at most one entry. */
  private static final class OneEntry {
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final ImportTable table =
        new ImportTable(SilentSession.SESSION, new ReferenceQueue<>(), this::released);

    private void released(List<Release.Count> counts) {
      for (Release.Count count : counts) {
        released.addAndGet((int) count.received());
        messages.incrementAndGet();
      }
    }

    Import receive() {
      return table.receive(1, SHAPE);
    }

    /** Receives a reference, uses it, and forgets it. */
    Import use() {
      Import entry = receive();
      table.object(entry);
      table.unpin(entry);
      return entry;
    }

    RemoteObject receiveAndKeep() {
      Import entry = receive();
      RemoteObject object = table.object(entry);
      table.unpin(entry);
      return object;
    }
  }

  /** The object of an entry is garbage. What is left to do for that is done by an actor. */
  private static final class Garbage {
    private static final Field IN_USE = field();

    private final InUse inUse;

    Garbage(Import entry) {
      try {
        inUse = (InUse) IN_USE.get(entry);
        inUse.clear();
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Field field() {
      try {
        Field field = Import.class.getDeclaredField("inUse");
        field.setAccessible(true);
        return field;
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException(e);
      }
    }

    void reclaim() {
      inUse.reclaim();
    }
  }

  /** A reference comes in again while its last object is reclaimed. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "It is there while it is in use.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "What is in use has gone, or the counts differ.")
  @State
  public static class ReceiveAndReclaim {
    private final OneEntry one = new OneEntry();
    private final Garbage garbage = new Garbage(one.use());
    private @Nullable RemoteObject kept;

    @Actor
    public void receiver() {
      kept = one.receiveAndKeep();
    }

    @Actor
    public void reclaimer() {
      garbage.reclaim();
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = one.table.size();
      one.table.release(1);
      r.r2 = kept == null ? -1 : one.released.get();
    }
  }

  /** The last message with a reference is dropped while its last object is reclaimed. */
  @JCStressTest
  @Outcome(id = "0, 2, 1", expect = Expect.ACCEPTABLE, desc = "Both were released, together.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or released twice.")
  @State
  public static class UnpinAndReclaim {
    private final OneEntry one = new OneEntry();
    private final Garbage garbage = new Garbage(one.use());
    private final Import pinned = one.receive();

    @Actor
    public void receiver() {
      one.table.unpin(pinned);
    }

    @Actor
    public void reclaimer() {
      garbage.reclaim();
    }

    @Arbiter
    public void count(III_Result r) {
      r.r1 = one.table.size();
      r.r2 = one.released.get();
      r.r3 = one.messages.get();
    }
  }

  /** A reference comes in and is dropped while the only other message with it is dropped. */
  @JCStressTest
  @Outcome(id = "0, 2, 1", expect = Expect.ACCEPTABLE, desc = "Both were released, together.")
  @Outcome(id = "0, 2, 2", expect = Expect.ACCEPTABLE, desc = "Both, one after the other.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or released twice.")
  @State
  public static class ReceiveAndUnpin {
    private final OneEntry one = new OneEntry();
    private final Import pinned = one.receive();

    @Actor
    public void receiver() {
      one.table.unpin(one.receive());
    }

    @Actor
    public void another() {
      one.table.unpin(pinned);
    }

    @Arbiter
    public void count(III_Result r) {
      r.r1 = one.table.size();
      r.r2 = one.released.get();
      r.r3 = one.messages.get();
    }
  }

  /** The user ends a reference while another comes in. */
  @JCStressTest
  @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "Both were released.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or released twice.")
  @State
  public static class ReceiveAndRelease {
    private final OneEntry one = new OneEntry();
    private final Garbage garbage = new Garbage(one.use());

    @Actor
    public void receiver() {
      one.table.unpin(one.receive());
    }

    @Actor
    public void user() {
      one.table.release(1);
    }

    @Arbiter
    public void count(II_Result r) {
      garbage.reclaim();
      r.r1 = one.table.size();
      r.r2 = one.released.get();
    }
  }

  /** The user ends a reference while its last object is reclaimed. */
  @JCStressTest
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "It was released once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was lost, or released twice.")
  @State
  public static class ReleaseAndReclaim {
    private final OneEntry one = new OneEntry();
    private final Garbage garbage = new Garbage(one.use());

    @Actor
    public void user() {
      one.table.release(1);
    }

    @Actor
    public void reclaimer() {
      garbage.reclaim();
    }

    @Arbiter
    public void count(III_Result r) {
      r.r1 = one.table.size();
      r.r2 = one.released.get();
      r.r3 = one.messages.get();
    }
  }

  /** Two messages with one reference are decoded at once. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "They have one object.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "They have two.")
  @State
  public static class ObjectAndObject {
    private final OneEntry one = new OneEntry();
    private @Nullable RemoteObject first;
    private @Nullable RemoteObject second;

    @Actor
    public void receiver() {
      first = one.receiveAndKeep();
    }

    @Actor
    public void another() {
      second = one.receiveAndKeep();
    }

    @Arbiter
    public void compare(I_Result r) {
      r.r1 = first == second ? 1 : 0;
    }
  }
}
