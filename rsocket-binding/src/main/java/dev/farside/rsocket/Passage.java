package dev.farside.rsocket;

import dev.farside.codec.Chain;
import dev.farside.rsocket.Lanes.Visit;
import dev.farside.rsocket.Lanes.Way;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call's way past the others of its object: those that have to wait for it wait until its
 * method has returned and its answer is on its way. Thread-safe.
 */
final class Passage {
  private final Lanes lanes;
  private final Object lane;
  private final boolean serial;
  private final AtomicInteger open = new AtomicInteger(2);
  private volatile @Nullable Visit visit;

  private Passage(Lanes lanes, Object lane, boolean serial) {
    this.lanes = lanes;
    this.lane = lane;
    this.serial = serial;
  }

  /** Of an object that carries out one call at a time, whoever calls. */
  static Passage ofSerial(Lanes lanes, Object object) {
    return new Passage(lanes, object, true);
  }

  /** Of a reference, whose one-way calls hold up the others. */
  static Passage ofReference(Lanes lanes, Object reference) {
    return new Passage(lanes, reference, false);
  }

  /**
   * Begins the call as soon as it may.
   *
   * @param nesting what it is part of
   * @param queued whether its chain runs it, after what it is to run already
   * @param urgent whether a thread of this side waits in its chain
   * @param turn where it begins if it had to wait; null for anywhere
   */
  void begin(
      Nesting nesting,
      boolean queued,
      boolean oneWay,
      boolean urgent,
      @Nullable Executor turn,
      Runnable call) {
    boolean awaited = oneWay || serial;
    if (!awaited && lanes.isIdle()) {
      call.run();
      return;
    }
    var entering = new Visit(nesting, new Way(queued, awaited, urgent && !awaited, turn), call);
    if (awaited) {
      visit = entering;
    }
    lanes.enter(lane, entering);
  }

  /** Whether nobody waits for this call. */
  boolean isFree() {
    return visit == null;
  }

  /** The call is now being carried out, and makes its calls in this logical thread. */
  void runsIn(Chain chain) {
    @Nullable Visit awaited = visit;
    if (awaited != null) {
      lanes.runsIn(awaited, chain);
    }
  }

  /** The method has returned, and its caller reads what it gave. */
  void opened() {
    @Nullable Visit awaited = visit;
    if (awaited != null) {
      lanes.opened(awaited);
    }
  }

  /** A thread carries the call on until it {@linkplain #letGo lets go}; false if it has ended. */
  boolean hold() {
    return open.getAndUpdate(parts -> parts == 0 ? 0 : parts + 1) > 0;
  }

  void letGo() {
    part();
  }

  /** The method has returned, or has not been called. */
  void returned() {
    part();
  }

  /** The answer is on its way, or there will be none. */
  void answered() {
    part();
  }

  private void part() {
    @Nullable Visit awaited = visit;
    if (open.decrementAndGet() == 0 && awaited != null) {
      lanes.leave(lane, awaited);
    }
  }
}
