package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.codec.PublicTypes;
import dev.farside.codec.TypeNames;
import dev.farside.spi.StandIn;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the stand-ins of one connection: of the nearest class that can be subclassed and all
 * interfaces that this side knows of an object's types. Remembers, within limits, which lists of
 * names the peer used. Thread-safe.
 */
final class StandIns {
  private static final long MAX_CHARACTERS = 32 << 20;

  private final TypeNames typeNames;
  private final StandInTypes types;
  private final Map<List<String>, StandInType> named = new ConcurrentHashMap<>();
  private final NameBudget budget = new NameBudget(MAX_CHARACTERS);

  StandIns(TypeNames typeNames, StandInTypes types) {
    this.typeNames = typeNames;
    this.types = types;
  }

  /** A stand-in of a face; fails in words if there can be none. */
  Object of(RemoteObject target, Class<?> face) {
    @Nullable String refusal = refusal(face);
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
    return types.of(List.of(face)).standIn(target);
  }

  /** A stand-in of all of these types, the most specific class first, that this side knows. */
  Object of(RemoteObject target, List<String> names) {
    @Nullable StandInType known = named.get(names);
    if (known == null) {
      known = types.of(usable(names));
      if (budget.take(names)) {
        named.put(names, known);
      }
    }
    return known.standIn(target);
  }

  private List<Class<?>> usable(List<String> names) {
    var usable = new ArrayList<Class<?>>();
    boolean classFound = false;
    for (String name : new LinkedHashSet<>(names)) { // a class file names no interface twice
      @Nullable Class<?> type = typeNames.find(name);
      if (type == null || refusal(type) != null) {
        continue;
      }
      if (type.isInterface()) {
        usable.add(type);
      } else if (!classFound && !answersForInterfaces(type)) {
        usable.add(0, type);
        classFound = true;
      }
    }
    return usable;
  }

  /** Whether a class has final methods that would answer, here, what its interfaces ask. */
  static boolean answersForInterfaces(Class<?> type) {
    List<Class<?>> interfaces = PublicTypes.of(type).stream().filter(Class::isInterface).toList();
    return Stream.of(type.getMethods())
        .filter(method -> Modifier.isFinal(method.getModifiers()))
        .anyMatch(method -> interfaces.stream().anyMatch(i -> declares(i, method)));
  }

  private static boolean declares(Class<?> type, Method method) {
    return Stream.of(type.getMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  /** Why no stand-in can be of this type, or null if it can. */
  static @Nullable String refusal(Class<?> type) {
    @Nullable String why = whyNot(type);
    return why == null
        ? null
        : "Nothing can stand in for "
            + type.getTypeName()
            + ": "
            + why
            + (isPower(type) ? "" : "; use an interface of it");
  }

  /** Whether nobody may call anything of it, through whatever type. */
  static boolean isPower(Class<?> type) {
    return PublicTypes.isDenied(type);
  }

  private static @Nullable String whyNot(Class<?> type) {
    if (type.isPrimitive() || type.isArray()) {
      return "it is no class or interface";
    }
    if (isPower(type)) {
      return "it is power over the virtual machine, which no peer may call";
    }
    if (type.isSealed()) {
      return "it is sealed";
    }
    if (type.isAnnotation()) {
      return "it is an annotation";
    }
    if (Modifier.isFinal(type.getModifiers())) {
      return "it is final";
    }
    if (Throwable.class.isAssignableFrom(type) || Enum.class.isAssignableFrom(type)) {
      return "its instances are copied";
    }
    @Nullable String missing = MissingTypes.of(type);
    return missing == null
        ? StandInClasses.whyNot(type)
        : "a class that its methods or fields need is missing here: " + missing;
  }

  /** The object that this one stands for, or null if it is no stand-in. */
  static @Nullable RemoteObject remoteOf(@Nullable Object object) {
    if (object instanceof RemotePublisher publisher) {
      return publisher.remote();
    }
    @Nullable StandInHandler handler = handler(object);
    return handler == null ? null : handler.target();
  }

  /** Sets a public final field of a stand-in; of no other object. */
  static void set(Field field, Object standIn, Object value) {
    if (handler(standIn) == null) {
      return;
    }
    try {
      field.set(standIn, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an object is, in words; of a stand-in, what it stands for. */
  static String describe(Object object) {
    @Nullable RemoteObject remote = remoteOf(object);
    if (remote == null) {
      return "a " + object.getClass().getName();
    }
    List<String> names = remote.typeNames();
    return "a reference to "
        + (names.isEmpty() ? "an object without a public type" : "a " + names.get(0));
  }

  /** Says that an object is not of a type, and why nothing could stand in for it. */
  static String misfit(Object object, Class<?> wanted) {
    return describe(object) + " is no " + wanted.getTypeName() + because(object, wanted);
  }

  /** Why a stand-in is not of a type, as a sentence that follows another; else empty. */
  static String because(Object object, Class<?> wanted) {
    @Nullable String refusal = remoteOf(object) == null ? null : refusal(wanted);
    return refusal == null ? "" : ". " + refusal;
  }

  /** The types of a stand-in. */
  static List<Class<?>> typesOf(Object standIn) {
    @Nullable StandInHandler handler = handler(standIn);
    return handler == null ? List.of() : handler.type().types();
  }

  /** What a stand-in keeps. */
  static @Nullable Object kept(Object standIn) {
    @Nullable StandInHandler handler = handler(standIn);
    return handler == null ? null : handler.kept();
  }

  /** Has a stand-in keep something, unless it does already. */
  static Object keep(Object standIn, Supplier<Object> making) {
    return requireNonNull(handler(standIn), "it is a stand-in").keep(making);
  }

  private static @Nullable StandInHandler handler(@Nullable Object object) {
    return object instanceof StandIn standIn
            && StandInClasses.isOne(standIn.getClass())
            && standIn.farsideHandler() instanceof StandInHandler h
        ? h
        : null;
  }
}
