package dev.farside.rsocket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Classes that methods and fields of a type need, and that are not there. */
final class MissingTypes {
  private static final ClassValue<Optional<String>> OF =
      new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private MissingTypes() {}

  /** The first that a type or a supertype of it needs; null if none is missing. */
  static @Nullable String of(Class<?> type) {
    return OF.get(type).orElse(null);
  }

  private static Optional<String> find(Class<?> type) {
    try {
      read(type);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(name(e));
    }
  }

  /** Reads all that can be overridden of a class, and what of it is public. */
  private static void read(Class<?> type) {
    var unusedMethods = type.getMethods();
    var unusedFields = type.getFields();
    for (@Nullable Class<?> c = type; c != null; c = c.getSuperclass()) {
      var unusedDeclared = c.getDeclaredMethods();
    }
  }

  /** What is missing where reflection fails so. */
  static String name(LinkageError error) {
    return String.valueOf(error.getMessage()).replace('/', '.');
  }
}
