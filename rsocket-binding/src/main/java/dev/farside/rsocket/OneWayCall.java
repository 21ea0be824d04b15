package dev.farside.rsocket;

import dev.farside.FarsideException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * A call that came in and wants no answer. One that has a time limit is given up when that is over.
 */
final class OneWayCall implements IncomingCall.Taker {
  private static final Logger LOG = LoggerFactory.getLogger(OneWayCall.class);

  /**
   * What its limit has lost on the way, in whole milliseconds there and back: whose time it is
   * gives up first.
   */
  private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Session session;
  private final IncomingCall call;
  private final AtomicBoolean ended = new AtomicBoolean();
  private Disposable timeout = Disposables.disposed();

  /** Whether it ends with what its method gave, whatever else happens on the thread of that. */
  private boolean endsLater;

  OneWayCall(Session session, IncomingCall call) {
    this.session = session;
    this.call = call;
  }

  /** Carries it out as soon as it may begin; an answer that is not to come before is held. */
  void execute() {
    session.heldAnswers().hold(call.during());
    startTimeout(call.context().limit());
    call.execute(this::carryOut, true, this::refused);
  }

  private void startTimeout(TimeLimit limit) {
    if (limit.exists()) {
      timeout =
          Schedulers.parallel()
              .schedule(
                  call.running()::cancel, limit.leftNanos() + LOST_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  /** What gives its result later is done when it has. */
  private void carryOut() {
    try {
      var unused = call.invoke(null, this);
    } catch (IncomingCall.Refused e) {
      LOG.warn("A one-way call of {} was refused", session, e.why());
    } catch (Throwable e) {
      failed(e);
    }
    if (!endsLater) {
      ended();
    }
  }

  @Override
  public @Nullable Object take(@Nullable Object given) {
    if (call.comesLater(given)) {
      Disposable later =
          Results.single(given, session.side().workers())
              .contextWrite(call.context().toContext())
              .doFinally(end -> ended())
              .subscribe(null, this::failed);
      endsLater = true;
      call.running().onCancel(later::dispose);
    }
    return given;
  }

  private void failed(Throwable e) {
    LOG.warn("A one-way call of {} failed", session, e);
  }

  private void refused(FarsideException why) {
    LOG.warn("A one-way call of {} was not carried out", session, why);
    ended();
  }

  private void ended() {
    if (ended.compareAndSet(false, true)) {
      timeout.dispose();
      call.ended();
      session.heldAnswers().letGo(call.during());
    }
  }
}
