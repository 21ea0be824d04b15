package dev.farside.rsocket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  /** What the call gives, or, if the method turns out to be missing, what another gives. */
  CompletableFuture<Object> orElse(Function<Shortcut.Missing, CompletionStage<?>> another) {
    var either = new Either(this);
    var unused =
        whenComplete(
            (value, e) -> {
              if (e instanceof Shortcut.Missing missing) {
                either.follow(missing, another);
              } else {
                either.end(value, e);
              }
            });
    return either;
  }

  private static final class Either extends CompletableFuture<Object> {
    private volatile CompletableFuture<?> source;

    Either(CompletableFuture<?> source) {
      this.source = source;
    }

    void follow(Shortcut.Missing missing, Function<Shortcut.Missing, CompletionStage<?>> another) {
      CompletionStage<?> stage;
      try {
        stage = another.apply(missing);
      } catch (Throwable e) {
        completeExceptionally(e);
        return;
      }
      source = stage.toCompletableFuture();
      if (isCancelled()) {
        source.cancel(true);
      }
      stage.whenComplete(this::end);
    }

    void end(@Nullable Object value, @Nullable Throwable e) {
      if (e != null) {
        completeExceptionally(e);
      } else {
        complete(value);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      source.cancel(mayInterruptIfRunning);
      return cancelled;
    }
  }
}
