package dev.farside.rsocket;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** What an implementation returned, in the form in which its caller wants it. */
final class Results {
  private Results() {}

  /**
   * The one value that a result will give; empty for null.
   *
   * @param workers where sources are asked that may block
   */
  static Mono<?> single(@Nullable Object later, Workers workers) {
    if (later instanceof Mono<?> mono) {
      return mono;
    }
    if (later instanceof CompletionStage<?> stage) {
      return of(stage).onErrorMap(CompletionException.class, Results::cause);
    }
    return later instanceof Future<?> future
        ? workers
            .run(future::get)
            .onErrorMap(ExecutionException.class, Throwable::getCause)
            .doOnCancel(() -> future.cancel(true))
        : Mono.justOrEmpty(later);
  }

  /** The same, but that a stage fails as it tells those that depend on it. */
  static Mono<?> singleOfStage(@Nullable Object later, Workers workers) {
    return later instanceof CompletionStage<?> stage && !(later instanceof Mono)
        ? of(stage)
        : single(later, workers);
  }

  private static Throwable cause(CompletionException e) {
    @Nullable Throwable cause = e.getCause();
    return cause != null ? cause : e;
  }

  /** Whoever wants it no more cancels the stage. */
  private static Mono<Object> of(CompletionStage<?> stage) {
    return Mono.create(
        sink -> {
          var wanted = new AtomicBoolean(true);
          sink.onCancel(
              () -> {
                wanted.set(false);
                cancel(stage);
              });
          stage.whenComplete(
              (value, e) -> {
                if (wanted.get()) {
                  end(sink, value, e);
                }
              });
        });
  }

  private static void cancel(CompletionStage<?> stage) {
    if (stage instanceof Future<?> future && !(stage instanceof CompletableFuture)) {
      future.cancel(true);
      return;
    }
    try {
      stage.toCompletableFuture().cancel(true); // itself, or one that cannot cancel it
    } catch (UnsupportedOperationException e) {
      // nobody can cancel it, which a stage is free to say
    }
  }

  private static void end(MonoSink<Object> sink, @Nullable Object value, @Nullable Throwable e) {
    if (e != null) {
      sink.error(e);
    } else {
      sink.success(value);
    }
  }

  /** Whether a caller who wants one value must wait for this result to give it. */
  static boolean isLater(@Nullable Object result) {
    return result instanceof Mono || result instanceof Future || result instanceof CompletionStage;
  }

  /**
   * The elements of a result.
   *
   * @param opened whether {@link StreamSignal#OPENED} comes first
   * @param workers where they are asked for
   */
  static Publisher<?> items(@Nullable Object result, boolean opened, Workers workers) {
    if (result instanceof StreamShortcuts.Held held) {
      return new StreamItems(held.elements(), false, opened, workers.executor());
    }
    @Nullable Stream<?> elements = elements(result);
    if (elements != null) {
      return new StreamItems(elements, true, opened, workers.executor());
    }
    Publisher<?> items = new AskedOnWorkers(published(result, workers), workers.executor());
    return opened ? Flux.concat(Mono.just(StreamSignal.OPENED), items) : items;
  }

  private static Publisher<?> published(@Nullable Object result, Workers workers) {
    if (result instanceof Publisher<?> publisher) {
      return publisher;
    }
    if (result instanceof Flow.Publisher<?> publisher) {
      return JdkFlowAdapter.flowPublisherToFlux(publisher);
    }
    return single(result, workers);
  }

  private static @Nullable Stream<?> elements(@Nullable Object result) {
    if (result instanceof Stream<?> stream) {
      return stream;
    }
    if (result != null && Optionals.isOptional(result)) {
      return Stream.ofNullable(Optionals.content(result));
    }
    if (result instanceof BaseStream<?, ?> stream) {
      return Streams.of(stream);
    }
    if (result instanceof Iterable<?> iterable) {
      return Streams.of(iterable.spliterator());
    }
    if (result instanceof Iterator<?> iterator) {
      return Streams.of(iterator);
    }
    return result != null && result.getClass().isArray() ? Streams.ofArray(result) : null;
  }
}
