package dev.farside.rsocket;

import dev.farside.NotPassableException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * From the type that one side gives to the type that the other side declares, where the two say the
 * same thing in different words: a publisher for a collection, a value for an Optional, an int for
 * a long. What fits already is left as it is.
 */
final class Conversions {
  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private static final Set<Class<?>> COLLECTIONS =
      Set.of(Iterator.class, Iterable.class, Collection.class, List.class);

  private Conversions() {}

  /** A result as the face declares it; waits for what comes later. */
  static @Nullable Object result(Invocation call, @Nullable Object value, Class<?> wanted) {
    if (wanted.isInstance(value)) {
      return value;
    }
    @Nullable Object converted = convert(call, value, Numbers.boxed(wanted));
    if (converted == null && wanted.isPrimitive()) {
      throw new NotPassableException(
          call.text() + " returned null, but the face declares " + wanted + "; declare the box");
    }
    if (converted != null && !Numbers.boxed(wanted).isInstance(converted)) {
      throw new NotPassableException(
          call.text()
              + " returned "
              + StandIns.describe(converted)
              + ", but the face declares "
              + wanted.getTypeName()
              + StandIns.because(converted, wanted));
    }
    return converted;
  }

  /** A result for which the caller does not wait; what must be waited for, is on a worker. */
  static Mono<Object> later(Invocation call, Object value, Class<?> wanted) {
    if (wanted.isInstance(value)) {
      return Mono.just(value);
    }
    Mono<Object> converted = Mono.fromCallable(() -> result(call, value, wanted));
    return StandIns.remoteOf(value) != null || isPublisher(value)
        ? converted.subscribeOn(call.target().session().side().workers().scheduler())
        : converted;
  }

  /** Waits until a result has come, for a face that does not want it. */
  static void end(Invocation call, @Nullable Object value) {
    if (value != null && isPublisher(value)) {
      items(call, value).forEachRemaining(item -> {});
    }
  }

  /** An argument as the method declares it. */
  static @Nullable Object argument(String place, @Nullable Object value, Class<?> wanted) {
    if (wanted.isInstance(value) || (value == null && !wanted.isPrimitive())) {
      return value;
    }
    @Nullable RemoteObject remote = StandIns.remoteOf(value);
    @Nullable Object converted =
        remote == null ? Numbers.widen(value, Numbers.boxed(wanted)) : remote.as(wanted);
    if (!Numbers.boxed(wanted).isInstance(converted)) {
      throw new NotPassableException(
          "Cannot pass "
              + place
              + ": "
              + (value == null
                  ? "null is no " + wanted.getTypeName()
                  : StandIns.misfit(value, wanted)));
    }
    return converted;
  }

  private static @Nullable Object convert(
      Invocation call, @Nullable Object value, Class<?> wanted) {
    if (COLLECTIONS.contains(wanted) || wanted.isArray()) {
      return collection(call, value, wanted);
    }
    @Nullable Object single = single(call, value);
    if (OPTIONALS.contains(wanted)) {
      return Optionals.holding(single, wanted);
    }
    @Nullable RemoteObject remote = StandIns.remoteOf(single);
    return remote == null ? Numbers.widen(single, wanted) : remote.as(wanted);
  }

  /** The one value of a publisher or Optional. */
  private static @Nullable Object single(Invocation call, @Nullable Object value) {
    if (value != null && isPublisher(value)) {
      RemoteItems items = items(call, value);
      @Nullable Object first = items.hasNext() ? items.next() : null;
      items.close();
      return first;
    }
    return value != null && Optionals.isOptional(value) ? Optionals.content(value) : value;
  }

  private static @Nullable Object collection(
      Invocation call, @Nullable Object value, Class<?> wanted) {
    @Nullable Object some =
        value instanceof Mono || value instanceof CompletionStage ? single(call, value) : value;
    @Nullable Iterator<?> elements = wanted.isInstance(some) ? null : elements(call, some);
    if (elements == null) {
      return some != null && Optionals.isOptional(some) ? Optionals.content(some) : some;
    }
    var list = new ArrayList<@Nullable Object>();
    elements.forEachRemaining(list::add);
    if (wanted.isArray()) {
      return array(call, list, wanted.getComponentType());
    }
    return wanted == Iterator.class ? list.iterator() : list;
  }

  private static @Nullable Iterator<?> elements(Invocation call, @Nullable Object value) {
    if (value != null && isPublisher(value)) {
      return items(call, value);
    }
    if (value instanceof Iterable<?> iterable) {
      return iterable.iterator();
    }
    if (value instanceof Iterator<?> iterator) {
      return iterator;
    }
    if (value instanceof BaseStream<?, ?> stream) {
      return stream.iterator();
    }
    return value != null && value.getClass().isArray() ? Streams.ofArray(value).iterator() : null;
  }

  private static Object array(Invocation call, List<@Nullable Object> elements, Class<?> type) {
    Object array = Array.newInstance(type, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, result(call, elements.get(i), type));
    }
    return array;
  }

  private static boolean isPublisher(Object value) {
    return value instanceof Publisher
        || value instanceof Flow.Publisher
        || value instanceof CompletionStage;
  }

  private static RemoteItems items(Invocation call, Object publisher) {
    return RemoteItems.of(call, flux(publisher));
  }

  private static Flux<Object> flux(Object value) {
    if (value instanceof Publisher<?> publisher) {
      return Flux.from(publisher).cast(Object.class);
    }
    if (value instanceof Flow.Publisher<?> publisher) {
      return JdkFlowAdapter.flowPublisherToFlux(publisher).cast(Object.class);
    }
    return Mono.fromCompletionStage((CompletionStage<?>) value).cast(Object.class).flux();
  }
}
