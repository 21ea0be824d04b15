package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that come in while an element of a stream is made that a thread of this side reads. They
 * are part of its reading: it carries them out while it waits, for the next element or in any other
 * call, so that they enter the locks that it holds. Until it waits, they do, unless their own time
 * would be over: then workers carry them out, as they do with what is left when the stream ends.
 * Thread-safe.
 */
final class ReaderCallbacks {
  private final LogicalThreads all;
  private final List<Left> left = new ArrayList<>(0);
  private LogicalThread reader;
  private volatile boolean some;
  private boolean ended;

  /**
   * None yet.
   *
   * @param reader the logical thread that opens the stream
   */
  ReaderCallbacks(LogicalThread reader, LogicalThreads all) {
    this.reader = reader;
    this.all = all;
  }

  /** Carried out by whoever comes first, and nothing after that. */
  private final class Left implements Runnable {
    private @Nullable Runnable call;

    Left(Runnable call) {
      this.call = call;
    }

    @Override
    public void run() {
      @Nullable Runnable taken = take();
      if (taken != null) {
        taken.run();
      }
    }

    private @Nullable Runnable take() {
      synchronized (ReaderCallbacks.this) {
        @Nullable Runnable taken = call;
        call = null;
        left.remove(this);
        return taken;
      }
    }

    void giveAway() {
      try {
        all.workers().execute(this);
      } catch (RejectedExecutionException e) {
        take(); // the side has closed
      }
    }
  }

  /**
   * Has one carried out.
   *
   * @param chain which makes it
   * @param limit how long that waits
   * @return false if the stream has ended, or the chain is the reader's own, which it serves anyhow
   */
  synchronized boolean offer(Chain chain, Runnable call, TimeLimit limit) {
    if (ended || chain.equals(reader.chain())) {
      return false;
    }
    var offered = new Left(call);
    some = true;
    left.add(offered);
    reader.leaveToWaiting(offered);
    if (limit.exists()) {
      all.later(offered::giveAway, limit);
    }
    return true;
  }

  /** Whether there have been any: to make elements ahead is to leave calls to the reader. */
  boolean areMade() {
    return some;
  }

  /** The thread that is about to wait for an element reads from now on. */
  synchronized void readIn(LogicalThread next) {
    if (next != reader) {
      reader = next;
      left.forEach(next::leaveToWaiting);
    }
  }

  /** The stream has ended. */
  void end() {
    List<Left> calls;
    synchronized (this) {
      ended = true;
      calls = List.copyOf(left);
    }
    calls.forEach(Left::giveAway);
  }
}
