package dev.farside.rsocket;

import dev.farside.ConnectionLostException;
import dev.farside.FarsideException;
import dev.farside.NoSuchNameException;
import dev.farside.StaleReferenceException;
import dev.farside.codec.Shape;
import dev.farside.codec.Target;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * {@code equals}, {@code hashCode} and {@code toString} of stand-ins: the object's own where its
 * class has its own, else answered here.
 */
final class ObjectMethods {
  private ObjectMethods() {}

  static @Nullable MethodHandler handler(Method method, List<Class<?>> types) {
    return switch (method.getName()) {
      case "equals" -> isEquals(method) ? equalsOf(FaceMethod.parse(method, types)) : null;
      case "hashCode" ->
          method.getParameterCount() == 0 ? hashCodeOf(FaceMethod.parse(method, types)) : null;
      case "toString" ->
          method.getParameterCount() == 0 ? toStringOf(FaceMethod.parse(method, types)) : null;
      default -> null;
    };
  }

  private static boolean isEquals(Method method) {
    return method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
  }

  private static MethodHandler equalsOf(MethodHandler remote) {
    return (target, standIn, arguments) -> {
      @Nullable Object other = arguments[0];
      if (other == null) {
        return false;
      }
      if (areSame(target, StandIns.remoteOf(other))) {
        return true;
      }
      return hasOwnEquals(target) ? remote.invoke(target, standIn, arguments) : (Object) false;
    };
  }

  /** Whether two stand for one object: a name, and what is bound to it, do. */
  private static boolean areSame(RemoteObject target, @Nullable RemoteObject other) {
    if (other == null || other == target || other.session() != target.session()) {
      return other == target;
    }
    RemoteObject itself = target.itself();
    try {
      return other.itself() == itself;
    } catch (NoSuchNameException | StaleReferenceException | ConnectionLostException e) {
      return false; // it stands for nothing any more
    }
  }

  private static MethodHandler hashCodeOf(MethodHandler remote) {
    return (target, standIn, arguments) ->
        hasOwnEquals(target)
            ? remote.invoke(target, standIn, arguments)
            : (Object) System.identityHashCode(target.itself());
  }

  private static MethodHandler toStringOf(MethodHandler remote) {
    return (target, standIn, arguments) -> {
      if (!hasOwnToString(target)) {
        return description(target);
      }
      return Schedulers.isInNonBlockingThread()
          ? description(target)
          : orDescription(remote, target, standIn, arguments);
    };
  }

  private static @Nullable Object orDescription(
      MethodHandler remote, RemoteObject target, Object standIn, @Nullable Object[] arguments)
      throws Throwable {
    try {
      return remote.invoke(target, standIn, arguments);
    } catch (FarsideException e) {
      return target + (target.session().isOpen() ? " (unreachable)" : " (disconnected)");
    }
  }

  private static String description(RemoteObject target) {
    return target.session().isOpen() ? target.toString() : target + " (disconnected)";
  }

  private static boolean hasOwnToString(RemoteObject target) {
    @Nullable Shape shape = target.shape();
    return shape == null ? target.target() instanceof Target.Root : shape.ownToString();
  }

  private static boolean hasOwnEquals(RemoteObject target) {
    RemoteObject itself = target.itself();
    @Nullable Shape shape = itself.shape();
    return shape == null ? itself.target() instanceof Target.Root : shape.ownEquals();
  }
}
