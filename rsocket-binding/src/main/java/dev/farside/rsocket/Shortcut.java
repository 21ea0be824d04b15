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
          java.lang.Iterable.class, IterableShortcuts.class,
          java.util.Collection.class, CollectionShortcuts.class,
          java.util.stream.BaseStream.class, StreamShortcuts.class,
          java.util.Map.class, MapShortcuts.class,
          java.io.InputStream.class, InputStreamShortcuts.class,
          java.io.OutputStream.class, OutputStreamShortcuts.class,
          java.io.Reader.class, ReaderShortcuts.class,
          java.io.Writer.class, WriterShortcuts.class);

  /**
   * The peer has no such method of the object, which may only look like the well-known type, and
   * the caller can do without.
   */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(Throwable why) {
      super(why.getMessage(), why, false, false);
    }
  }

  private final MethodKey key;
  private final CallOptions options;

  /** As the caller knows it. */
  Shortcut(String name, int options, Class<?>... parameters) {
    this.key = new MethodKey.Hash(Signatures.hash(Signatures.of(PREFIX + name, parameters)));
    this.options = new CallOptions(options);
  }

  /** What a method does by shortcuts, or, where there are none, as it is. */
  static MethodHandler orElse(MethodHandler batched, MethodHandler plain) {
    return (target, standIn, arguments) -> {
      try {
        return batched.invoke(target, standIn, arguments);
      } catch (Missing e) {
        return plain.invoke(target, standIn, arguments);
      }
    };
  }

  /**
   * A call of it.
   *
   * @param text how error messages name the method that the user called
   */
  Invocation on(RemoteObject target, String text, @Nullable Object... arguments) {
    return new Invocation(
        target,
        new CallSpec(text, key, List.of(), options, null, Interrupts.KEPT, true, false),
        Arrays.asList(arguments));
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
      collect(Cursor.class, type, methods);
    }
    if (IteratorShortcuts.areFor(type)) {
      collect(IteratorShortcuts.class, type, methods);
    }
    OWNERS.forEach(
        (known, owner) -> {
          if (known.isAssignableFrom(type)) {
            collect(owner, type, methods);
          }
        });
    return methods;
  }

  private static void collect(Class<?> owner, Class<?> type, Map<Long, ExportedMethod> into) {
    for (Method method : owner.getDeclaredMethods()) {
      int modifiers = method.getModifiers();
      if ((modifiers & (Modifier.PRIVATE | Modifier.PROTECTED)) == 0
          && !method.isSynthetic()
          && doesTheSame(method, type)) {
        var exported = ExportedMethod.shortcut(PREFIX, method);
        into.put(Signatures.hash(exported.signature()), exported);
      }
    }
  }

  private static boolean doesTheSame(Method shortcut, Class<?> type) {
    @Nullable InsteadOf instead = shortcut.getAnnotation(InsteadOf.class);
    if (instead == null) {
      return true;
    }
    try {
      Method method = type.getMethod(instead.value(), instead.parameters());
      @Nullable String module = method.getDeclaringClass().getModule().getName();
      return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(shortcut + " is no shortcut of " + type, e);
    }
  }
}
