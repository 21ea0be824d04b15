package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Calls that come in while an element of a stream is made that a thread of this side reads. They
 * are part of its reading: it carries them out while it waits, for the next element or in any other
 * call, so that they enter the locks that it holds. Until it waits, they do. What is left when the
 * stream ends is carried out by workers. Thread-safe.
 */
final class ReaderCallbacks {
  private final Executor workers;
  private final List<Runnable> left = new ArrayList<>(0);
  private LogicalThread reader;
  private boolean ended;

  /**
   * None yet.
   *
   * @param reader the logical thread that opens the stream
   */
  ReaderCallbacks(LogicalThread reader, Executor workers) {
    this.reader = reader;
    this.workers = workers;
  }

  /**
   * Has one carried out.
   *
   * @param chain which makes it
   * @return false if the stream has ended, or the chain is the reader's own, which it serves anyhow
   */
  synchronized boolean offer(Chain chain, Runnable call) {
    if (ended || chain.equals(reader.chain())) {
      return false;
    }
    Runnable once =
        new Runnable() {
          @Override
          public void run() {
            if (take(this)) {
              call.run();
            }
          }
        };
    left.add(once);
    reader.leaveToWaiting(once);
    return true;
  }

  private synchronized boolean take(Runnable call) {
    return left.remove(call);
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
    List<Runnable> calls;
    synchronized (this) {
      ended = true;
      calls = List.copyOf(left);
    }
    calls.forEach(workers::execute);
  }
}
