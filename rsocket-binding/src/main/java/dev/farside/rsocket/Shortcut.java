package dev.farside.rsocket;

import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.Signatures;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method of Farside's own that can be called on an object of a well-known type, and spares the
 * many calls that the type's own methods would take. At the owner, a static method whose first
 * parameter is the object, or an instance method of a class of ours.
 */
final class Shortcut {
  /** No method of a class can have such a name. */
  private static final String PREFIX = "farside.";

  /** Types, and whose methods there are for them. */
  private static final Map<Class<?>, Class<?>> OWNERS =
      Map.of(
          java.util.Collection.class, CollectionShortcuts.class,
          java.util.Map.class, MapShortcuts.class,
          java.io.InputStream.class, InputStreamShortcuts.class,
          java.io.OutputStream.class, OutputStreamShortcuts.class,
          java.io.Reader.class, ReaderShortcuts.class,
          java.io.Writer.class, WriterShortcuts.class);

  private final String signature;
  private final MethodKey key;
  private final CallOptions options;

  /** As the caller knows it. */
  Shortcut(String name, int options, Class<?>... parameters) {
    this.signature = Signatures.of(PREFIX + name, parameters);
    this.key = new MethodKey.Hash(Signatures.hash(signature));
    this.options = new CallOptions(options);
  }

  /**
   * A call of it.
   *
   * @param text how error messages name the method that the user called
   */
  Invocation on(RemoteObject target, String text, @Nullable Object... arguments) {
    return new Invocation(
        target, new CallSpec(text, key, List.of(), options, null, false), Arrays.asList(arguments));
  }

  /** Carries a call out; throws whatever the method throws. */
  static @Nullable Object block(Invocation call) {
    try {
      return call.target().session().caller().block(call);
    } catch (Throwable e) {
      throw Sneaky.<RuntimeException>asUnchecked(e);
    }
  }

  /** All that can be called on instances of a class, by the hash of their signatures. */
  static Map<Long, ExportedMethod> of(Class<?> type) {
    var methods = new HashMap<Long, ExportedMethod>();
    if (Cursor.class.isAssignableFrom(type)) {
      collect(Cursor.class, methods);
    }
    OWNERS.forEach(
        (known, owner) -> {
          if (known.isAssignableFrom(type)) {
            collect(owner, methods);
          }
        });
    return methods;
  }

  private static void collect(Class<?> owner, Map<Long, ExportedMethod> into) {
    for (Method method : owner.getDeclaredMethods()) {
      int modifiers = method.getModifiers();
      if ((modifiers & (Modifier.PRIVATE | Modifier.PROTECTED)) == 0 && !method.isSynthetic()) {
        var exported = ExportedMethod.shortcut(PREFIX, method);
        into.put(Signatures.hash(exported.signature()), exported);
      }
    }
  }
}
