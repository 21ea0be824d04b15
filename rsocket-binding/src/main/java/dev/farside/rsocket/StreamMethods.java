package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.codec.CallOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What stand-ins of streams do: what a stream of this side does whose elements are those of the
 * peer's, fetched in batches, so that functions run here. It opens the peer's when it is read, and
 * closes it when it is closed. The owner's side are the shortcuts.
 */
final class StreamMethods {
  private static final Shortcut ELEMENTS =
      new Shortcut("elements", CallOptions.STREAM + CallOptions.ACKNOWLEDGE_OPEN);
  private static final Set<Class<?>> KINDS =
      Set.of(Stream.class, IntStream.class, LongStream.class, DoubleStream.class);

  private StreamMethods() {}

  /** What a method does; null if it is called as it is: of streams of other types. */
  static @Nullable MethodHandler handler(Method method, List<Class<?>> types) {
    boolean known =
        types.stream()
            .allMatch(
                type ->
                    KINDS.contains(type)
                        || type == BaseStream.class
                        || type == AutoCloseable.class);
    List<Class<?>> kinds = types.stream().filter(KINDS::contains).toList();
    if (!known || kinds.size() != 1) {
      return null;
    }
    MethodHandler close = FaceMethod.parse(close(), types);
    return (target, standIn, arguments) ->
        invoke(
            method,
            StandIns.keep(standIn, () -> local(target, standIn, kinds.get(0), close)),
            arguments);
  }

  private static Method close() {
    try {
      return BaseStream.class.getMethod("close");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object invoke(Method method, Object local, @Nullable Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(local, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static BaseStream<?, ?> local(
      RemoteObject target, Object standIn, Class<?> kind, MethodHandler close) {
    String text = kind.getSimpleName();
    Stream<Object> elements =
        StreamSupport.stream(
            () -> Spliterators.spliteratorUnknownSize(open(target, text), Spliterator.ORDERED),
            Spliterator.ORDERED,
            false);
    Stream<Object> closing = elements.onClose(() -> close(target, standIn, close));
    if (kind == IntStream.class) {
      return closing.mapToInt(i -> (int) requireNonNull(i));
    }
    if (kind == LongStream.class) {
      return closing.mapToLong(i -> (long) requireNonNull(i));
    }
    return kind == DoubleStream.class
        ? closing.mapToDouble(i -> (double) requireNonNull(i))
        : closing;
  }

  private static RemoteItems open(RemoteObject target, String text) {
    try {
      return target.session().streamCaller().open(ELEMENTS.on(target, text));
    } catch (InterruptedException e) {
      throw Sneaky.<RuntimeException>asUnchecked(e);
    } catch (Shortcut.Missing e) {
      throw new NoSuchRemoteMethodException(text + " on " + target + ": " + e.getMessage());
    }
  }

  private static void close(RemoteObject target, Object standIn, MethodHandler close) {
    try {
      close.invoke(target, standIn, new Object[0]);
    } catch (Throwable e) {
      throw Sneaky.<RuntimeException>asUnchecked(e);
    }
  }
}
