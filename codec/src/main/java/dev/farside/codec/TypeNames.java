package dev.farside.codec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes behind the names that a peer sends, looked for in one class loader and never
 * initialised by the look-up. Thread-safe.
 */
public final class TypeNames {
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "short", short.class,
          "char", char.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class,
          "void", void.class);

  private final ClassLoader loader;
  private final Map<String, Class<?>> found = new ConcurrentHashMap<>(PRIMITIVES);

  /** Names as this loader knows them. */
  public TypeNames(ClassLoader loader) {
    this.loader = loader;
  }

  /** The class of this binary name, or null if there is none. */
  public @Nullable Class<?> find(String name) {
    @Nullable Class<?> known = found.get(name);
    if (known != null) {
      return known;
    }
    try {
      Class<?> loaded = Class.forName(name, false, loader);
      found.put(name, loaded);
      return loaded;
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** The class of this binary name; fails in words if there is none. */
  Class<?> require(String name) {
    @Nullable Class<?> type = find(name);
    if (type == null) {
      throw new PassingFailure(
          "the class " + name + " is not known here; add it to the receiver's class path");
    }
    return type;
  }
}
