package dev.farside.codec;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes behind the names that a peer sends, looked for in one class loader and never
 * initialised by the look-up. Thread-safe.
 *
 * <p>Class loaders keep each name that they were ever asked for, also when there is no such class.
 * So a name of more than {@value #MAX_LENGTH} characters or {@value #MAX_DIMENSIONS} dimensions is
 * of no class, and a loader is asked for no more than {@value #MAX_UNKNOWN} names that it does not
 * know. After these, only a class whose file it has is looked for. A name that was not found is
 * looked for again: its class may have come.
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

  static final int MAX_LENGTH = 1024;
  static final int MAX_DIMENSIONS = 8;
  static final int MAX_UNKNOWN = 10_000;

  private final ClassLoader loader;
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
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
    return mayBeAskedFor(name) ? load(name) : null;
  }

  private @Nullable Class<?> load(String name) {
    try {
      Class<?> loaded = Class.forName(name, false, loader);
      found.put(name, loaded);
      unknown.remove(name);
      return loaded;
    } catch (ClassNotFoundException | LinkageError e) {
      unknown.add(name);
      return null;
    }
  }

  private boolean mayBeAskedFor(String name) {
    if (name.length() > MAX_LENGTH || dimensions(name) > MAX_DIMENSIONS) {
      return false;
    }
    return unknown.size() < MAX_UNKNOWN || unknown.contains(name) || hasFile(name);
  }

  private static int dimensions(String name) {
    int dimensions = 0;
    while (name.startsWith("[", dimensions)) {
      dimensions++;
    }
    return dimensions;
  }

  /** Whether there is a file of the class, or of that of an array's elements, if they have one. */
  private boolean hasFile(String name) {
    String element = name.substring(dimensions(name));
    if (element.length() == name.length()) {
      return isFile(name);
    }
    return element.startsWith("L") && element.endsWith(";")
        ? isFile(element.substring(1, element.length() - 1))
        : element.length() == 1;
  }

  private boolean isFile(String className) {
    return loader.getResource(className.replace('.', '/') + ".class") != null;
  }

  /** The class of this binary name; fails in words if there is none. */
  Class<?> require(String name) {
    @Nullable Class<?> type = find(name);
    if (type == null && dimensions(name) > MAX_DIMENSIONS) {
      throw new PassingFailure(
          "the type of an array of "
              + dimensions(name)
              + " dimensions is not looked for: "
              + MAX_DIMENSIONS
              + " are the most");
    }
    if (type == null) {
      throw new PassingFailure(
          "the class " + name + " is not known here; add it to the receiver's class path");
    }
    return type;
  }
}
