package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.codec.CallOptions;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The result types of faces that mean more than "block for the value". To add one: a line in the
 * table. Results adapt to the type that the method declares, whatever the implementation gives.
 */
final class ResultStyles {
  private static final int DATA = CallOptions.COPY_COLLECTIONS;
  private static final int STAGE = DATA + CallOptions.FAILURE_OF_STAGE;
  private static final int ITEMS = CallOptions.STREAM;
  private static final int OPENED = CallOptions.ACKNOWLEDGE_OPEN;

  /** From what the method declares as element type to how it gives its result. */
  @SuppressWarnings("FutureReturnValueIgnored") // they are what the caller gets
  private static final Map<Class<?>, Function<Class<?>, ResultStyle>> BY_TYPE =
      Map.ofEntries(
          Map.entry(Mono.class, e -> ResultStyle.of(c -> mono(c, e), DATA)),
          Map.entry(Flux.class, e -> ResultStyle.of(c -> flux(c, e), DATA + ITEMS)),
          Map.entry(Publisher.class, e -> ResultStyle.of(c -> flux(c, e), DATA + ITEMS)),
          Map.entry(
              Flow.Publisher.class,
              e ->
                  ResultStyle.of(
                      c -> JdkFlowAdapter.publisherToFlowPublisher(flux(c, e)), DATA + ITEMS)),
          Map.entry(CompletableFuture.class, e -> ResultStyle.of(c -> future(c, e), STAGE)),
          Map.entry(CompletionStage.class, e -> ResultStyle.of(c -> future(c, e), STAGE)),
          Map.entry(Future.class, e -> ResultStyle.of(c -> future(c, e), 0)),
          Map.entry(ForkJoinTask.class, e -> ResultStyle.of(c -> ForkedCall.of(mono(c, e)), 0)),
          Map.entry(
              Stream.class,
              e ->
                  ResultStyle.of(
                      c -> stream(c, s -> s.map(i -> Conversions.result(c, i, e))),
                      ITEMS + OPENED)),
          Map.entry(
              IntStream.class,
              e ->
                  ResultStyle.of(
                      c -> stream(c, s -> s.mapToInt(i -> (int) item(c, i, int.class))),
                      ITEMS + OPENED)),
          Map.entry(
              LongStream.class,
              e ->
                  ResultStyle.of(
                      c -> stream(c, s -> s.mapToLong(i -> (long) item(c, i, long.class))),
                      ITEMS + OPENED)),
          Map.entry(
              DoubleStream.class,
              e ->
                  ResultStyle.of(
                      c -> stream(c, s -> s.mapToDouble(i -> (double) item(c, i, double.class))),
                      ITEMS + OPENED)));

  private ResultStyles() {}

  /** Whether a result type means more than to block for the value. */
  static boolean areFor(Class<?> type) {
    return BY_TYPE.containsKey(type);
  }

  /**
   * The style of a method.
   *
   * @param wanted what its caller blocks for, where the declared type means no more than that
   */
  static ResultStyle of(Method method, Class<?> wanted, boolean oneWay) {
    if (oneWay) {
      return oneWay(method);
    }
    Class<?> type = method.getReturnType();
    Function<Class<?>, ResultStyle> special = BY_TYPE.get(type);
    if (special == null) {
      return blocking(wanted);
    }
    Class<?> element = element(method);
    ResultStyle style = special.apply(element);
    return type == Future.class || type == ForkJoinTask.class
        ? new ResultStyle(
            spec ->
                new FutureMethod(method, returned(type, spec, element), style.method().apply(spec)),
            style.options())
        : style;
  }

  /** Waits until the method has returned its future or task. */
  @SuppressWarnings("FutureReturnValueIgnored") // the caller gets it
  private static MethodHandler returned(Class<?> type, CallSpec spec, Class<?> element) {
    if (type == Future.class) {
      return new BlockingMethod(
          spec.with(CallOptions.FUTURE_ITSELF).with(CallOptions.RESTORE_ARRAYS), type);
    }
    return new FaceMethod(
        spec.with(ITEMS).with(OPENED), call -> ForkedCall.returned(call, element));
  }

  private static ResultStyle oneWay(Method method) {
    Class<?> type = method.getReturnType();
    if (type != void.class && type != Void.class && type != Mono.class) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getSimpleName()
              + "."
              + method.getName()
              + " is marked @OneWay, but returns "
              + type.getTypeName()
              + ": nothing comes back; declare void or Mono<Void>");
    }
    return type == Mono.class
        ? ResultStyle.of(
            call ->
                Mono.deferContextual(
                    context -> {
                      oneWay(call, context);
                      return Mono.empty();
                    }),
            DATA)
        : ResultStyle.of(
            call -> {
              oneWay(call, Context.empty());
              return null;
            },
            0);
  }

  private static void oneWay(Invocation call, ContextView context) {
    call.target().session().caller().oneWay(call, context);
  }

  private static ResultStyle blocking(Class<?> type) {
    return new ResultStyle(spec -> new BlockingMethod(spec, type), CallOptions.RESTORE_ARRAYS);
  }

  private static Mono<Object> mono(Invocation call, Class<?> element) {
    Mono<Object> single = call.target().session().caller().single(call);
    return element == Object.class
        ? single
        : single.flatMap(value -> Conversions.later(call, value, element));
  }

  private static CalledFuture future(Invocation call, Class<?> element) {
    return CalledFuture.of(
        mono(call, element), call.target().session().side().workers().completions());
  }

  private static Flux<Object> flux(Invocation call, Class<?> element) {
    Flux<Object> items = call.target().session().streamCaller().stream(call);
    return element == Object.class ? items : items.map(item -> item(call, item, element));
  }

  private static Object item(Invocation call, @Nullable Object item, Class<?> element) {
    return requireNonNull(Conversions.result(call, item, element), "item");
  }

  private static <S> @Nullable S stream(Invocation call, Function<Stream<Object>, S> adapted)
      throws InterruptedException {
    @Nullable RemoteItems items =
        call.target().session().streamCaller().openIfGiven(call, given -> given);
    return items == null ? null : adapted.apply(items.toStream());
  }

  /**
   * What a result is made of: {@code Integer} of a {@code Mono<Integer>}; {@code Object} if
   * unknown.
   */
  private static Class<?> element(Method method) {
    if (method.getGenericReturnType() instanceof ParameterizedType parameterized) {
      Type argument = parameterized.getActualTypeArguments()[0];
      if (argument instanceof Class<?> type) {
        return type;
      }
      if (argument instanceof ParameterizedType nested
          && nested.getRawType() instanceof Class<?> raw) {
        return raw;
      }
    }
    return Object.class;
  }
}
