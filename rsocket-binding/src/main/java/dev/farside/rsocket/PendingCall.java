package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * A call of ours that is to give one answer. Its answer is taken once; one that comes after the
 * call was given up is discarded, with the references in it. Thread-safe.
 */
abstract class PendingCall implements CoreSubscriber<Frame> {
  private static final int WAITING = 0;
  private static final int ANSWERED = 1;
  private static final int GIVEN_UP = 2;

  private final Session session;
  private final long id;
  private final SentArrays arrays = new SentArrays();
  private final AtomicInteger state = new AtomicInteger(WAITING);
  private volatile boolean sent;
  private boolean received;

  PendingCall(Session session, long id) {
    this.session = session;
    this.id = id;
    session.pendingCalls().incrementAndGet();
  }

  long id() {
    return id;
  }

  /** Its arrays that are to be restored. */
  SentArrays arrays() {
    return arrays;
  }

  /** The call could not be encoded and will not leave. */
  void unsent() {
    session.pendingCalls().decrementAndGet();
  }

  /** The answer came; the receiver closes it. On the connection's thread. */
  abstract void answered(Incoming answer);

  /** There will be no answer. */
  abstract void failed(Throwable failure);

  /** Whether an answer that is taken now is none: then who waits gives the call up by itself. */
  boolean isLate() {
    return false;
  }

  /** The call has left: from now on the peer can be told to give it up. */
  void sent() {
    sent = true;
    if (state.get() == GIVEN_UP) {
      session.cancel(id, false);
    }
  }

  /** Gives the call up unless its answer came; says whether it did. */
  boolean giveUp() {
    if (!state.compareAndSet(WAITING, GIVEN_UP)) {
      return false;
    }
    if (sent) {
      session.cancel(id, false);
    }
    return true;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Frame frame) {
    try {
      Incoming answer = session.marshaller().receive(frame);
      received = true;
      session.heldAnswers().whenFree(id, () -> take(answer));
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void take(Incoming answer) {
    if (!isLate() && state.compareAndSet(WAITING, ANSWERED)) {
      answered(answer);
    } else {
      answer.close();
    }
  }

  @Override
  public void onError(Throwable throwable) {
    session.pendingCalls().decrementAndGet();
    session.heldAnswers().whenFree(id, throwable, this::fail);
  }

  @Override
  public void onComplete() {
    session.pendingCalls().decrementAndGet();
    if (!received) {
      fail(session.lost("the peer closed the call without an answer"));
    }
  }

  /** There will be no answer, unless the call was answered or given up already. */
  final void fail(Throwable failure) {
    if (state.compareAndSet(WAITING, ANSWERED)) {
      failed(failure);
    }
  }
}
