package dev.farside.rsocket;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/**
 * Completes a future of a user with what a {@code Mono} gives: not on the connection's thread,
 * which must not block.
 */
final class FutureCompletion extends BaseSubscriber<Object> {
  private final CompletableFuture<Object> future;
  private final Completions completions;
  private @Nullable Object value;

  FutureCompletion(CompletableFuture<Object> future, Completions completions) {
    this.future = future;
    this.completions = completions;
  }

  @Override
  protected void hookOnNext(Object value) {
    this.value = value;
  }

  @Override
  protected void hookOnComplete() {
    completions.execute(() -> future.complete(value));
  }

  @Override
  protected void hookOnError(Throwable failure) {
    completions.execute(() -> future.completeExceptionally(failure));
  }
}
