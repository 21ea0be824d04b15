package dev.farside.rsocket;

import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * What a peer's fork-join task gives: a task of this side, for one of the peer's could not be
 * joined, since {@code join} is final.
 */
final class ForkedCall extends ForkJoinTask<Object> {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // nobody serializes it
  private @Nullable Object result;

  private transient volatile @Nullable Disposable call;

  /**
   * Calls, and waits until the method has returned its task.
   *
   * @param element what the task gives
   * @return null if the method gave null
   */
  static @Nullable ForkedCall returned(Invocation call, Class<?> element)
      throws InterruptedException {
    var task = new ForkedCall();
    @Nullable RemoteItems opened =
        call.target()
            .session()
            .streamCaller()
            .openIfGiven(
                call,
                items ->
                    items
                        .doOnNext(item -> task.take(call, item, element))
                        .doOnError(task::completeExceptionally)
                        .doOnComplete(() -> task.complete(task.result)));
    if (opened == null) {
      return null;
    }
    task.call = opened::close;
    opened.fetchAll();
    return task;
  }

  /** Calls. */
  static ForkedCall of(Mono<Object> single) {
    var task = new ForkedCall();
    task.call =
        single.subscribe(
            task::complete, task::completeExceptionally, () -> task.complete(task.result));
    return task;
  }

  private void take(Invocation call, Object item, Class<?> element) {
    if (item != StreamSignal.OPENED && item != StreamSignal.NULL) {
      result = Conversions.result(call, item, element);
    }
  }

  @Override
  public @Nullable Object getRawResult() {
    return result;
  }

  @Override
  protected void setRawResult(@Nullable Object value) {
    result = value;
  }

  /** It runs over there. */
  @Override
  protected boolean exec() {
    return false;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    @Nullable Disposable running = call;
    if (running != null) {
      running.dispose();
    }
    return cancelled;
  }
}
