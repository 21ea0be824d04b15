package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.ProtocolException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stand-ins of collections and maps do otherwise than to call the method of the same name, so
 * that elements travel in batches. The owner's side are the shortcuts.
 */
final class CollectionMethods {
  private static final Shortcut ITERATE = new Shortcut("iterate", 0, int.class);
  private static final Shortcut ITERATE_LIST = new Shortcut("iterate", 0, int.class, int.class);
  private static final Shortcut DESCEND = new Shortcut("descend", 0, int.class);
  private static final Shortcut FOR_EACH = new Shortcut("forEach", 0, Consumer.class);

  /** Methods after which iterations need not look for changes. */
  private static final Set<String> READING =
      Set.of(
          "get",
          "getOrDefault",
          "getFirst",
          "getLast",
          "peek",
          "contains",
          "containsAll",
          "containsKey",
          "containsValue",
          "indexOf",
          "lastIndexOf",
          "isEmpty",
          "size",
          "toArray",
          "stream",
          "parallelStream",
          "subList",
          "keySet",
          "values",
          "entrySet",
          "equals",
          "hashCode",
          "toString");

  private CollectionMethods() {}

  /**
   * What a method does; null if it is called as it is.
   *
   * @param plain calls it as it is
   */
  static @Nullable MethodHandler handler(Method method, List<Class<?>> types, MethodHandler plain) {
    boolean collection = areSome(types, Collection.class);
    if (!collection && !areSome(types, Map.class)) {
      return null;
    }
    @Nullable MethodHandler special =
        collection
            ? ofCollection(method, FaceMethod.text(method), plain)
            : ofMap(method, FaceMethod.text(method), plain);
    return special != null ? special : noticed(method, plain);
  }

  /** What a method does that is called as it is; null if it has nothing to do with collections. */
  static @Nullable MethodHandler plain(Method method, List<Class<?>> types, MethodHandler plain) {
    return areSome(types, Collection.class) || areSome(types, Map.class)
        ? noticed(method, plain)
        : null;
  }

  private static boolean areSome(List<Class<?>> types, Class<?> wanted) {
    return types.stream().anyMatch(wanted::isAssignableFrom);
  }

  private static @Nullable MethodHandler ofCollection(
      Method method, String text, MethodHandler plain) {
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    Class<?> result = method.getReturnType();
    return switch (method.getName()) {
      case "iterator" ->
          parameters.isEmpty() && result == Iterator.class
              ? (target, standIn, arguments) -> new CursorIterator(target, text)
              : null;
      case "descendingIterator" ->
          parameters.isEmpty() && result == Iterator.class
              ? (target, standIn, arguments) -> CursorIterator.descending(target, text)
              : null;
      case "listIterator" -> result == ListIterator.class ? listIterator(text, parameters) : null;
      case "spliterator" ->
          parameters.isEmpty() && result == Spliterator.class
              ? (target, standIn, arguments) -> spliterator((Collection<?>) standIn)
              : null;
      case "stream", "parallelStream" ->
          parameters.isEmpty() && result == Stream.class ? stream(plain) : null;
      case "forEach" -> parameters.equals(List.of(Consumer.class)) ? forEach(text, plain) : null;
      case "toArray" -> toArray(plain, parameters);
      default -> null;
    };
  }

  private static @Nullable MethodHandler ofMap(Method method, String text, MethodHandler plain) {
    boolean forEach =
        method.getName().equals("forEach")
            && List.of(method.getParameterTypes()).equals(List.of(BiConsumer.class));
    return forEach ? forEachPair(text, plain) : null;
  }

  private static @Nullable MethodHandler listIterator(String text, List<Class<?>> parameters) {
    if (!parameters.isEmpty() && !parameters.equals(List.of(int.class))) {
      return null;
    }
    return (target, standIn, arguments) ->
        new CursorListIterator(
            target, text, arguments.length == 0 ? 0 : (int) requireNonNull(arguments[0]));
  }

  private static Spliterator<?> spliterator(Collection<?> collection) {
    return new CollectionSpliterator(collection);
  }

  private static MethodHandler stream(MethodHandler plain) {
    return (target, standIn, arguments) ->
        target.holdsEntries()
            ? Streams.of(spliterator((Collection<?>) standIn))
            : plain.invoke(target, standIn, arguments);
  }

  private static @Nullable MethodHandler toArray(MethodHandler plain, List<Class<?>> parameters) {
    if (!parameters.isEmpty()
        && !parameters.equals(List.of(IntFunction.class))
        && !parameters.equals(List.of(Object[].class))) {
      return null;
    }
    return (target, standIn, arguments) -> {
      if (arguments.length == 1 && arguments[0] instanceof IntFunction<?> generator) {
        return ((Collection<?>) standIn).toArray((Object[]) generator.apply(0));
      }
      if (!target.holdsEntries()) {
        return plain.invoke(target, standIn, arguments);
      }
      var entries = new ArrayList<@Nullable Object>();
      ((Collection<?>) standIn).iterator().forEachRemaining(entries::add);
      return arguments.length == 0
          ? entries.toArray()
          : entries.toArray((Object[]) requireNonNull(arguments[0]));
    };
  }

  @SuppressWarnings("unchecked") // the caller's own collection had this type
  private static MethodHandler forEach(String text, MethodHandler plain) {
    return (target, standIn, arguments) -> {
      var action = (Consumer<@Nullable Object>) requireNonNull(arguments[0]);
      if (isOf(target, action)) {
        return plain.invoke(target, standIn, arguments);
      }
      if (target.holdsEntries()) {
        ((Collection<?>) standIn).iterator().forEachRemaining(action);
        return null;
      }
      Consumer<Object> batches =
          batch -> {
            for (@Nullable Object element : (Object[]) batch) {
              action.accept(element);
            }
          };
      return Shortcut.block(FOR_EACH.on(target, text, batches));
    };
  }

  @SuppressWarnings("unchecked") // the caller's own map had this type
  private static MethodHandler forEachPair(String text, MethodHandler plain) {
    return (target, standIn, arguments) -> {
      var action = (BiConsumer<@Nullable Object, @Nullable Object>) requireNonNull(arguments[0]);
      if (isOf(target, action)) {
        return plain.invoke(target, standIn, arguments);
      }
      Consumer<Object> batches =
          batch -> {
            @Nullable Object[] pairs = (Object[]) batch;
            for (int i = 0; i < pairs.length; i += 2) {
              action.accept(pairs[i], pairs[i + 1]);
            }
          };
      return Shortcut.block(FOR_EACH.on(target, text, batches));
    };
  }

  /** Whether an action lives where the collection does, and is best left to it. */
  private static boolean isOf(RemoteObject target, Object action) {
    @Nullable RemoteObject remote = StandIns.remoteOf(action);
    return remote != null && remote.session() == target.session();
  }

  /** Has iterations look for changes after this method, unless it makes none. */
  private static MethodHandler noticed(Method method, MethodHandler plain) {
    Class<?> result = method.getReturnType();
    boolean view = Collection.class.isAssignableFrom(result) || Map.class.isAssignableFrom(result);
    boolean entries = method.getName().equals("entrySet");
    MethodHandler viewing =
        view
            ? (target, standIn, arguments) ->
                follow(target, plain.invoke(target, standIn, arguments), entries)
            : plain;
    return READING.contains(method.getName())
        ? viewing
        : (target, standIn, arguments) -> {
          try {
            return viewing.invoke(target, standIn, arguments);
          } finally {
            target.changes().increment();
          }
        };
  }

  private static @Nullable Object follow(
      RemoteObject target, @Nullable Object result, boolean entries) {
    @Nullable RemoteObject view = StandIns.remoteOf(result);
    if (view != null && view != target) {
      view.isViewOf(target, entries);
    }
    return result;
  }

  /** The cursor before the first element of a collection, and its first batch. */
  static Object[] open(RemoteObject collection, String text, int max) {
    return opened(text, ITERATE.on(collection, text, max));
  }

  /** The cursor before the element at an index of a list, and its first batch. */
  static Object[] open(RemoteObject list, String text, int index, int max) {
    return opened(text, ITERATE_LIST.on(list, text, index, max));
  }

  /** The cursor behind the last element of a deque or set, and its first batch. */
  static Object[] openDescending(RemoteObject collection, String text, int max) {
    return opened(text, DESCEND.on(collection, text, max));
  }

  private static Object[] opened(String text, Invocation call) {
    return opened(text, Shortcut.block(call));
  }

  /** What a peer gave, if it is a cursor and a batch. */
  static Object[] opened(String text, @Nullable Object given) {
    if (given instanceof Object[] opened
        && opened.length == 2
        && StandIns.remoteOf(opened[0]) != null) {
      return opened;
    }
    throw new ProtocolException(text + ": the peer gave something else than an iteration");
  }
}
