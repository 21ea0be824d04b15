package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.Exposure;
import dev.farside.codec.PublicTypes;
import dev.farside.codec.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The shapes of our classes, found once for each. */
final class Shapes {
  private static final Map<Exposure, ClassValue<Shape>> OF =
      Map.of(
          Exposure.PUBLIC, under(Exposure.PUBLIC), Exposure.ANNOTATED, under(Exposure.ANNOTATED));

  private Shapes() {}

  private static ClassValue<Shape> under(Exposure exposure) {
    return new ClassValue<>() {
      @Override
      protected Shape computeValue(Class<?> type) {
        return find(type, exposure);
      }
    };
  }

  static Shape of(Object object, Exposure exposure) {
    return requireNonNull(OF.get(exposure)).get(object.getClass());
  }

  /** Whether an object is to be subscribed to, rather than to be called. */
  static boolean isPublisher(Object object) {
    return kind(object.getClass()) != Shape.Kind.OBJECT;
  }

  private static Shape find(Class<?> type, Exposure exposure) {
    List<String> names = PublicTypes.of(type, exposure).stream().map(Class::getName).toList();
    boolean callable = !names.isEmpty();
    return new Shape(
        kind(type),
        names,
        callable && overrides(type, "equals", Object.class),
        callable && overrides(type, "toString"));
  }

  private static Shape.Kind kind(Class<?> type) {
    if (Mono.class.isAssignableFrom(type)) {
      return Shape.Kind.MONO;
    }
    if (Publisher.class.isAssignableFrom(type)) {
      return Shape.Kind.FLUX;
    }
    if (Flow.Publisher.class.isAssignableFrom(type)) {
      return Shape.Kind.FLOW;
    }
    return CompletionStage.class.isAssignableFrom(type) ? Shape.Kind.FUTURE : Shape.Kind.OBJECT;
  }

  private static boolean overrides(Class<?> type, String method, Class<?>... parameters) {
    try {
      return type.getMethod(method, parameters).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    } catch (LinkageError e) {
      return true; // it cannot be read: whoever wants to know, asks the object
    }
  }
}
