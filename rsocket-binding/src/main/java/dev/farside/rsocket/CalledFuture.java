package dev.farside.rsocket;

import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** What a call gives, for a caller who does not wait. Cancelling it gives the call up. */
final class CalledFuture extends CompletableFuture<Object> {
  private final FutureCompletion completion;

  private CalledFuture(Completions completions) {
    this.completion = new FutureCompletion(this, completions);
  }

  /**
   * Calls.
   *
   * @param completions where it is completed
   */
  static CalledFuture of(Mono<Object> single, Completions completions) {
    var future = new CalledFuture(completions);
    single.subscribe(future.completion);
    return future;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    completion.dispose();
    return super.cancel(mayInterruptIfRunning);
  }
}
