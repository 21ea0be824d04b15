package dev.farside.rsocket;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A class of stand-ins: the types that it has, and what each of its methods does. Thread-safe. */
final class StandInType {
  private final List<Class<?>> types;
  private final Predicate<Class<?>> results;
  private final Maker maker;
  private final Map<Method, MethodHandler> handlers = new ConcurrentHashMap<>();

  /** Makes an instance. */
  @FunctionalInterface
  interface Maker {
    Object make(StandInHandler handler);
  }

  /**
   * A class.
   *
   * @param results which types its methods can return
   */
  StandInType(List<Class<?>> types, Predicate<Class<?>> results, Maker maker) {
    this.types = types;
    this.results = results;
    this.maker = maker;
  }

  List<Class<?>> types() {
    return types;
  }

  Object standIn(RemoteObject target) {
    return maker.make(new StandInHandler(target, this));
  }

  MethodHandler handler(Method method) {
    @Nullable MethodHandler known = handlers.get(method);
    return known != null ? known : handlers.computeIfAbsent(method, this::parse);
  }

  private MethodHandler parse(Method method) {
    if (!Modifier.isPublic(method.getModifiers())) {
      return FaceMethod.refused(
          method, " is not public: only public methods can be called on an object of a peer");
    }
    if (!results.test(method.getReturnType())) {
      return FaceMethod.refused(
          method,
          " cannot be called: its result type "
              + method.getReturnType().getTypeName()
              + " is not public, and no stand-in can be made where it is visible; make it public");
    }
    @Nullable MethodHandler ofObject = ObjectMethods.handler(method, types);
    if (ofObject != null) {
      return ofObject;
    }
    MethodHandler plain = Prefetched.orElse(FaceMethod.parse(method, types), method, types);
    @Nullable MethodHandler batched = batched(method, plain);
    return batched != null ? Shortcut.orElse(batched, plain) : plain;
  }

  private @Nullable MethodHandler ofElements(Method method, MethodHandler plain) {
    @Nullable MethodHandler ofStream = StreamMethods.handler(method, types);
    return ofStream != null ? ofStream : IteratorMethods.handler(method, types, plain);
  }

  /** Of well-known types, what it takes fewer calls to do, unless it is to be done in its way. */
  private @Nullable MethodHandler batched(Method method, MethodHandler plain) {
    if (Declarations.of(method, types).areMarked()) {
      return CollectionMethods.plain(method, types, plain);
    }
    @Nullable MethodHandler ofCollection = CollectionMethods.handler(method, types, plain);
    if (ofCollection != null) {
      return ofCollection;
    }
    @Nullable MethodHandler ofElements = ofElements(method, plain);
    if (ofElements != null) {
      return ofElements;
    }
    @Nullable MethodHandler ofBytes = ByteMethods.handler(method, plain);
    return ofBytes != null ? ofBytes : CharacterMethods.handler(method, plain);
  }
}
