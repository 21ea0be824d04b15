package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.Exposure;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Serial;
import dev.farside.codec.PublicTypes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a peer may call of a class of ours: of its instances the public methods of its exposed
 * types, of the class itself the public constructors and static methods, and its instance methods
 * as functions of a value. Parsed once; immutable.
 */
final class ExportedType {
  private static final int LISTED = 20;
  private static final String IN_MARKED_TYPE = " in a type that is marked @Remotable";

  private static final Map<Exposure, ClassValue<ExportedType>> INSTANCES =
      Map.of(
          Exposure.PUBLIC, under(Exposure.PUBLIC), Exposure.ANNOTATED, under(Exposure.ANNOTATED));

  private static final ClassValue<ExportedType> STATICS =
      new ClassValue<>() {
        @Override
        protected ExportedType computeValue(Class<?> type) {
          return new ExportedType(
              type.toString(), "", false, CallableMethods.ofStatics(type), Map.of());
        }
      };

  private final String name;
  private final String place;
  private final boolean serial;
  private final Map<Long, ExportedMethod> byHash;
  private final String missing;
  private final @Nullable String whyNotConstructed;
  private final Map<Long, ExportedMethod> shortcuts;

  private ExportedType(
      String name,
      String place,
      boolean serial,
      CallableMethods methods,
      Map<Long, ExportedMethod> shortcuts) {
    this.name = name;
    this.place = place;
    this.serial = serial;
    this.byHash = Map.copyOf(methods.byHash());
    this.missing = methods.missing();
    this.whyNotConstructed = methods.whyNotConstructed();
    this.shortcuts = Map.copyOf(shortcuts);
  }

  /** All that is public of an object. */
  static ExportedType of(Object object) {
    return of(object, Exposure.PUBLIC);
  }

  /** What is exposed of an object. */
  static ExportedType of(Object object, Exposure exposure) {
    return requireNonNull(INSTANCES.get(exposure)).get(object.getClass());
  }

  private static ClassValue<ExportedType> under(Exposure exposure) {
    return new ClassValue<>() {
      @Override
      protected ExportedType computeValue(Class<?> type) {
        return new ExportedType(
            type.getName(),
            place(type, exposure),
            isSerial(type),
            CallableMethods.of(type, exposure),
            exposure == Exposure.PUBLIC ? Shortcut.of(type) : Map.of());
      }
    };
  }

  private static String place(Class<?> type, Exposure exposure) {
    if (exposure == Exposure.ANNOTATED) {
      return IN_MARKED_TYPE;
    }
    return PublicTypes.of(type).contains(type) ? "" : " in a public type";
  }

  static ExportedType ofStatics(Class<?> type) {
    return STATICS.get(type);
  }

  /** Whether one object carries out one call at a time. */
  boolean isSerial() {
    return serial;
  }

  /** The method with this hash of its signature. */
  ExportedMethod method(long hash) {
    @Nullable ExportedMethod method = byHash.get(hash);
    if (method == null) {
      method = shortcuts.get(hash);
    }
    if (method == null) {
      NeverCalled.refuse(hash);
      // the peer knows the name; only all that there are show it what is of the same name
      throw noSuchMethod("of this signature", signatures(), "");
    }
    return method;
  }

  /** All methods of a name. */
  List<ExportedMethod> named(String method) {
    return byHash.values().stream().filter(m -> m.name().equals(method)).toList();
  }

  /**
   * Says that it is abstract, or which there are: all of the same name, and of many others only
   * some.
   */
  NoSuchRemoteMethodException noSuchMethod(String wanted) {
    @Nullable String unconstructible = wanted.startsWith("<init>(") ? whyNotConstructed : null;
    if (unconstructible != null) {
      return new NoSuchRemoteMethodException(name + unconstructible);
    }
    String alike = wanted.substring(0, wanted.indexOf('(') + 1);
    List<String> all =
        signatures()
            .sorted(Comparator.comparing(signature -> !signature.startsWith(alike)))
            .toList();
    long listed =
        Math.max(LISTED, all.stream().filter(signature -> signature.startsWith(alike)).count());
    long more = all.size() - listed;
    return noSuchMethod(
        wanted, all.stream().limit(listed), more > 0 ? " and " + more + " more" : "");
  }

  private NoSuchRemoteMethodException noSuchMethod(
      String wanted, Stream<String> signatures, String more) {
    String listed = signatures.collect(Collectors.joining(", "));
    String callable = listed.isEmpty() ? "none" : listed + more;
    return new NoSuchRemoteMethodException(
        name + " has no public method " + wanted + place + "; it has " + callable + missing);
  }

  /** Whether what a peer was told it cannot call is not there at all. */
  static boolean isComplete(Throwable noSuchMethod) {
    String message = String.valueOf(noSuchMethod.getMessage());
    return !message.contains(IN_MARKED_TYPE + "; it has ")
        && !message.contains(CallableMethods.MISSING);
  }

  private Stream<String> signatures() {
    return byHash.values().stream()
        .filter(method -> !method.isOnFirstArgument())
        .map(ExportedMethod::signature)
        .sorted();
  }

  private static boolean isSerial(@Nullable Class<?> type) {
    return type != null
        && (type.isAnnotationPresent(Serial.class)
            || isSerial(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(ExportedType::isSerial));
  }
}
