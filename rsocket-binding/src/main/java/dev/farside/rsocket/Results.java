package dev.farside.rsocket;

import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an implementation returned, in the form in which its caller wants it. */
final class Results {
  private Results() {}

  /** The one value that a reactive result will give; empty for null. */
  static Mono<?> single(@Nullable Object reactive) {
    if (reactive instanceof Mono<?> mono) {
      return mono;
    }
    return reactive instanceof CompletionStage<?> stage
        ? Mono.fromFuture(stage.toCompletableFuture(), true)
        : Mono.justOrEmpty(reactive);
  }

  /** Whether a caller who wants one value must wait for this result to give it. */
  static boolean isLater(@Nullable Object result) {
    return result instanceof Mono || result instanceof CompletionStage;
  }

  /**
   * The elements of a result.
   *
   * @param opened whether {@link StreamSignal#OPENED} comes first
   * @param workers where sources are asked that may block
   */
  static Publisher<?> items(@Nullable Object result, boolean opened, Executor workers) {
    @Nullable Stream<?> elements = elements(result);
    if (elements != null) {
      return new StreamItems(
          opened ? Stream.concat(Stream.of(StreamSignal.OPENED), elements) : elements, workers);
    }
    Publisher<?> items = published(result);
    return opened ? Flux.concat(Mono.just(StreamSignal.OPENED), items) : items;
  }

  private static Publisher<?> published(@Nullable Object result) {
    if (result instanceof Publisher<?> publisher) {
      return publisher;
    }
    if (result instanceof Flow.Publisher<?> publisher) {
      return JdkFlowAdapter.flowPublisherToFlux(publisher);
    }
    if (result instanceof CompletionStage<?>) {
      return single(result);
    }
    return result instanceof Optional<?> optional
        ? Mono.justOrEmpty(optional)
        : Mono.justOrEmpty(result);
  }

  private static @Nullable Stream<?> elements(@Nullable Object result) {
    if (result instanceof Stream<?> stream) {
      return stream;
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
    return result != null && result.getClass().isArray()
        ? IntStream.range(0, Array.getLength(result)).mapToObj(i -> Array.get(result, i))
        : null;
  }
}
