package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.codec.CallOptions;
import dev.farside.codec.Shape;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What stand-ins of iterators, and of what has one and is no collection, do otherwise than to call
 * the method of the same name, so that elements travel in batches. The owner's side are the
 * shortcuts.
 */
final class IteratorMethods {
  private static final Shortcut ELEMENTS = shortcut("elements");
  private static final Shortcut ALL = shortcut("all");
  private static final Shortcut BEGIN = new Shortcut("begin", 0, int.class);
  private static final Shortcut SPLIT = shortcut("split");

  /** What tells no more of an iterator than that it is one. */
  private static final Set<String> PLAIN =
      Set.of(
          Iterator.class.getName(),
          PrimitiveIterator.class.getName(),
          PrimitiveIterator.OfInt.class.getName(),
          PrimitiveIterator.OfLong.class.getName(),
          PrimitiveIterator.OfDouble.class.getName(),
          Consumer.class.getName(), // what the JDK makes of spliterators
          IntConsumer.class.getName(),
          LongConsumer.class.getName(),
          DoubleConsumer.class.getName());

  private IteratorMethods() {}

  private static Shortcut shortcut(String name) {
    return new Shortcut(name, CallOptions.STREAM + CallOptions.ACKNOWLEDGE_OPEN);
  }

  /**
   * What a method does; null if it is called as it is.
   *
   * @param plain calls it as it is
   */
  static @Nullable MethodHandler handler(Method method, List<Class<?>> types, MethodHandler plain) {
    Class<?> declaring = method.getDeclaringClass();
    if (Iterator.class.isAssignableFrom(declaring)) {
      return ofIterator(method, plain);
    }
    boolean collection = types.stream().anyMatch(Collection.class::isAssignableFrom);
    return !collection && Iterable.class.isAssignableFrom(declaring)
        ? ofIterable(method, plain)
        : null;
  }

  private static @Nullable MethodHandler ofIterator(Method method, MethodHandler plain) {
    String text = FaceMethod.text(method);
    int parameters = method.getParameterCount();
    return switch (method.getName()) {
      case "hasNext" ->
          parameters == 0 ? ahead(plain, (read, call) -> read.hasNext(call.target(), text)) : null;
      case "next", "nextInt", "nextLong", "nextDouble" ->
          parameters == 0 ? ahead(plain, (read, call) -> read.next(call, text)) : null;
      case "forEachRemaining" ->
          parameters == 1
              ? ahead(
                  plain,
                  (read, call) -> {
                    Object action = requireNonNull(call.arguments()[0], "action");
                    while (read.hasNext(call.target(), text)) {
                      accept(action, read.next(call, text));
                    }
                    return null;
                  })
              : null;
      default -> null;
    };
  }

  /** What is done with what was read ahead. */
  @FunctionalInterface
  private interface Reading {
    @Nullable Object read(IteratorAhead read, PlainCall call) throws Throwable;
  }

  /** The call as it is. */
  @SuppressWarnings("ArrayRecordComponent") // it is passed on, and never compared
  record PlainCall(
      RemoteObject target, Object standIn, @Nullable Object[] arguments, MethodHandler plain) {
    @Nullable Object make() throws Throwable {
      return plain.invoke(target, standIn, arguments);
    }
  }

  private static MethodHandler ahead(MethodHandler plain, Reading reading) {
    return (target, standIn, arguments) -> {
      var call = new PlainCall(target, standIn, arguments, plain);
      if (!(StandIns.kept(standIn) instanceof IteratorAhead read) || read.isRefused()) {
        return call.make();
      }
      try {
        return reading.read(read, call);
      } catch (Shortcut.Missing e) {
        read.refused();
        throw e;
      }
    };
  }

  @SuppressWarnings("unchecked") // the caller's own iterator had this type
  private static void accept(Object action, @Nullable Object element) {
    if (action instanceof Consumer<?> consumer) {
      ((Consumer<@Nullable Object>) consumer).accept(element);
    } else if (action instanceof IntConsumer consumer) {
      consumer.accept((int) requireNonNull(element));
    } else if (action instanceof LongConsumer consumer) {
      consumer.accept((long) requireNonNull(element));
    } else {
      ((DoubleConsumer) action).accept((double) requireNonNull(element));
    }
  }

  private static @Nullable MethodHandler ofIterable(Method method, MethodHandler plain) {
    String text = FaceMethod.text(method);
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    return switch (method.getName()) {
      case "iterator" ->
          parameters.isEmpty() && method.getReturnType() == Iterator.class
              ? (target, standIn, arguments) -> iterator(target, text)
              : null;
      case "forEach" -> parameters.equals(List.of(Consumer.class)) ? forEach(text, plain) : null;
      case "spliterator" ->
          parameters.isEmpty()
              ? (target, standIn, arguments) ->
                  Spliterators.spliteratorUnknownSize(open(SPLIT, target, text), 0)
              : null;
      default -> null;
    };
  }

  private static @Nullable Object iterator(RemoteObject target, String text) {
    @Nullable Object begun = Shortcut.block(BEGIN.on(target, text, CursorIterator.FIRST));
    if (begun instanceof Object[] opened) {
      return new CursorIterator(target, text, opened);
    }
    if (begun instanceof Iterator<?> iterator) {
      given(iterator);
    }
    return begun;
  }

  private static MethodHandler forEach(String text, MethodHandler plain) {
    return (target, standIn, arguments) -> {
      Object action = requireNonNull(arguments[0]);
      @Nullable RemoteObject remote = StandIns.remoteOf(action);
      if (remote != null && remote.session() == target.session()) {
        return plain.invoke(target, standIn, arguments);
      }
      RemoteItems items = open(ALL, target, text);
      try {
        items.forEachRemaining(item -> accept(action, item));
      } finally {
        items.close();
      }
      return null;
    };
  }

  /** The elements that an iterator has. */
  static RemoteItems elements(RemoteObject target, String text) throws InterruptedException {
    return open(ELEMENTS, target, text);
  }

  private static RemoteItems open(Shortcut shortcut, RemoteObject target, String text)
      throws InterruptedException {
    return target.session().streamCaller().open(shortcut.on(target, text)).inTurns();
  }

  /** A method has given this iterator: it is nobody else's, and can be read ahead. */
  static void given(Iterator<?> iterator) {
    @Nullable RemoteObject remote = StandIns.remoteOf(iterator);
    @Nullable Shape shape = remote == null ? null : remote.shape();
    if (shape != null && PLAIN.containsAll(shape.typeNames())) {
      StandIns.keep(iterator, IteratorAhead::new);
    }
  }
}
