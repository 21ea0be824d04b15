package dev.farside.rsocket;

import dev.farside.NotPassableException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
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
  private Conversions() {}

  /** The result of a blocking call as the face declares it. */
  static @Nullable Object result(Invocation call, @Nullable Object value, Class<?> wanted) {
    if (wanted.isInstance(value)) {
      return value;
    }
    if (value == null && wanted.isPrimitive()) {
      throw new NotPassableException(
          call.text() + " returned null, but the face declares " + wanted + "; declare the box");
    }
    @Nullable Object converted = convert(value, boxed(wanted));
    if (converted != null && !boxed(wanted).isInstance(converted)) {
      throw new NotPassableException(
          call.text()
              + " returned a "
              + converted.getClass().getName()
              + ", but the face declares "
              + wanted.getTypeName());
    }
    return converted;
  }

  /** The value of a Mono or future as the face declares it. */
  static Mono<Object> element(Invocation call, Object value, Class<?> wanted) {
    if (wanted.isInstance(value)) {
      return Mono.just(value);
    }
    if (isPublisher(value) && !Publisher.class.isAssignableFrom(wanted)) {
      return isMany(wanted)
          ? publisher(value).collectList().map(list -> result(call, list, wanted))
          : publisher(value).next();
    }
    return Mono.justOrEmpty(result(call, value, wanted));
  }

  /** An argument as the method declares it. */
  static @Nullable Object argument(String place, @Nullable Object value, Class<?> wanted) {
    if (wanted.isInstance(value) || (value == null && !wanted.isPrimitive())) {
      return value;
    }
    @Nullable Object converted = convert(value, boxed(wanted));
    if (!boxed(wanted).isInstance(converted)) {
      throw new NotPassableException(
          "Cannot pass "
              + place
              + ": a "
              + (value == null ? "null" : value.getClass().getName())
              + " is no "
              + wanted.getTypeName()
              + whyNoStandIn(value, wanted));
    }
    return converted;
  }

  private static String whyNoStandIn(@Nullable Object value, Class<?> wanted) {
    @Nullable String refusal = StandIns.remoteOf(value) == null ? null : StandIns.refusal(wanted);
    return refusal == null ? "" : ". " + refusal;
  }

  private static @Nullable Object convert(@Nullable Object value, Class<?> wanted) {
    if (wanted == Optional.class) {
      return Optional.ofNullable(isPublisher(value) ? first(value) : value);
    }
    if (value == null || wanted.isInstance(value)) {
      return optionalOfPrimitive(value, wanted);
    }
    if (value instanceof Optional<?> optional) {
      return convert(optional.orElse(null), wanted);
    }
    if (isPublisher(value)) {
      return fromPublisher(value, wanted);
    }
    if (isReactive(wanted)) {
      return fromPublisher(Mono.just(value), wanted);
    }
    if (value instanceof Number || value instanceof Character) {
      return number(value, wanted);
    }
    return many(value, wanted);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it is what was wanted
  private static @Nullable Object fromPublisher(Object value, Class<?> wanted) {
    if (wanted == Mono.class) {
      return Mono.from(publisher(value));
    }
    if (wanted == Flux.class || wanted == Publisher.class) {
      return publisher(value);
    }
    if (wanted == Flow.Publisher.class) {
      return JdkFlowAdapter.publisherToFlowPublisher(publisher(value));
    }
    if (wanted == CompletableFuture.class
        || wanted == CompletionStage.class
        || wanted == Future.class) {
      return publisher(value).next().toFuture();
    }
    return isMany(wanted)
        ? many(publisher(value).collectList().block(), wanted)
        : convert(first(value), wanted);
  }

  private static @Nullable Object first(@Nullable Object publisher) {
    return publisher == null ? null : publisher(publisher).next().block();
  }

  private static boolean isPublisher(@Nullable Object value) {
    return value instanceof Publisher
        || value instanceof Flow.Publisher
        || value instanceof CompletionStage;
  }

  private static boolean isReactive(Class<?> type) {
    return Publisher.class.isAssignableFrom(type)
        || type == Flow.Publisher.class
        || type == CompletableFuture.class
        || type == CompletionStage.class
        || type == Future.class;
  }

  private static Flux<Object> publisher(Object value) {
    if (value instanceof Publisher<?> publisher) {
      return Flux.from(publisher).cast(Object.class);
    }
    if (value instanceof Flow.Publisher<?> publisher) {
      return JdkFlowAdapter.flowPublisherToFlux(publisher).cast(Object.class);
    }
    return Mono.fromCompletionStage((CompletionStage<?>) value).cast(Object.class).flux();
  }

  private static boolean isMany(Class<?> type) {
    return type.isArray()
        || type == Iterator.class
        || type == Iterable.class
        || type == Collection.class
        || type == List.class
        || type == Stream.class;
  }

  private static Object many(@Nullable Object value, Class<?> wanted) {
    if (value == null) {
      return many(List.of(), wanted);
    }
    @Nullable List<@Nullable Object> elements = elements(value);
    if (elements == null) {
      return value;
    }
    if (wanted == Iterator.class) {
      return elements.iterator();
    }
    if (wanted == Stream.class) {
      return elements.stream();
    }
    return wanted.isArray() ? array(elements, wanted.getComponentType()) : elements;
  }

  private static @Nullable List<@Nullable Object> elements(Object value) {
    if (value instanceof Collection<?> collection) {
      return new ArrayList<>(collection);
    }
    if (value instanceof Iterable<?> iterable) {
      var elements = new ArrayList<@Nullable Object>();
      iterable.forEach(elements::add);
      return elements;
    }
    if (value instanceof Iterator<?> iterator) {
      var elements = new ArrayList<@Nullable Object>();
      iterator.forEachRemaining(elements::add);
      return elements;
    }
    if (value instanceof BaseStream<?, ?> stream) {
      return elements(stream.iterator());
    }
    return value instanceof Object[] array ? Arrays.asList(array) : null;
  }

  private static Object array(List<@Nullable Object> elements, Class<?> component) {
    Object array = Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }

  private static @Nullable Object optionalOfPrimitive(@Nullable Object value, Class<?> wanted) {
    if (value != null) {
      return value;
    }
    if (wanted == OptionalInt.class) {
      return OptionalInt.empty();
    }
    if (wanted == OptionalLong.class) {
      return OptionalLong.empty();
    }
    return wanted == OptionalDouble.class ? OptionalDouble.empty() : null;
  }

  /** Widens as Java does, and wraps a primitive into its Optional. */
  private static Object number(Object value, Class<?> wanted) {
    if (!(value instanceof Number number)) {
      return wanted == Integer.class ? (Object) (int) (Character) value : value;
    }
    boolean whole = !(value instanceof Double || value instanceof Float);
    if (wanted == OptionalInt.class && value instanceof Integer) {
      return OptionalInt.of(number.intValue());
    }
    if (wanted == OptionalLong.class && whole) {
      return OptionalLong.of(number.longValue());
    }
    if (wanted == OptionalDouble.class) {
      return OptionalDouble.of(number.doubleValue());
    }
    if (wanted == Integer.class && (value instanceof Short || value instanceof Byte)) {
      return number.intValue();
    }
    if (wanted == Long.class && whole) {
      return number.longValue();
    }
    if (wanted == Float.class && whole) {
      return number.floatValue();
    }
    return wanted == Double.class ? number.doubleValue() : value;
  }

  static Class<?> boxed(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }
}
