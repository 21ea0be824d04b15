package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotPassableException;
import dev.farside.RemoteBiConsumer;
import dev.farside.RemoteBiFunction;
import dev.farside.RemoteConsumer;
import dev.farside.RemoteFunction;
import dev.farside.RemoteFunction3;
import dev.farside.RemoteFunction4;
import dev.farside.RemoteRunnable;
import dev.farside.RemoteSupplier;
import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.PassMode;
import dev.farside.codec.Target;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Constructors and methods of the peer, called as if they were ours. */
final class Imports {
  private static final CallOptions OPTIONS = new CallOptions(CallOptions.RESTORE_ARRAYS);

  private final NamedImports named;

  Imports(NamedImports named) {
    this.named = named;
  }

  <R> RemoteSupplier<R> supplier(RemoteSupplier<R> reference) {
    ImportedMethod method = method(reference, "importSupplier");
    return () -> result(method.call(reference::get));
  }

  <A, R> RemoteFunction<A, R> function(RemoteFunction<A, R> reference) {
    ImportedMethod method = method(reference, "importFunction");
    return a -> result(method.call(() -> reference.apply(a), a));
  }

  <A, B, R> RemoteBiFunction<A, B, R> biFunction(RemoteBiFunction<A, B, R> reference) {
    ImportedMethod method = method(reference, "importBiFunction");
    return (a, b) -> result(method.call(() -> reference.apply(a, b), a, b));
  }

  <A, B, C, R> RemoteFunction3<A, B, C, R> function3(RemoteFunction3<A, B, C, R> reference) {
    ImportedMethod method = method(reference, "importFunction3");
    return (a, b, c) -> result(method.call(() -> reference.apply(a, b, c), a, b, c));
  }

  <A, B, C, D, R> RemoteFunction4<A, B, C, D, R> function4(
      RemoteFunction4<A, B, C, D, R> reference) {
    ImportedMethod method = method(reference, "importFunction4");
    return (a, b, c, d) -> result(method.call(() -> reference.apply(a, b, c, d), a, b, c, d));
  }

  RemoteRunnable runnable(RemoteRunnable reference) {
    ImportedMethod method = method(reference, "importRunnable");
    return () -> method.call(done(reference));
  }

  <A> RemoteConsumer<A> consumer(RemoteConsumer<A> reference) {
    ImportedMethod method = method(reference, "importConsumer");
    return a -> method.call(done(() -> reference.accept(a)), a);
  }

  <A, B> RemoteBiConsumer<A, B> biConsumer(RemoteBiConsumer<A, B> reference) {
    ImportedMethod method = method(reference, "importBiConsumer");
    return (a, b) -> method.call(done(() -> reference.accept(a, b)), a, b);
  }

  private ImportedMethod method(Serializable reference, String operation) {
    return ImportedMethod.of(named, requireNonNull(reference, "methodReference"), operation);
  }

  private static Callable<?> done(RemoteRunnable action) {
    return () -> {
      action.run();
      return true;
    };
  }

  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <R> R result(@Nullable Object result) {
    return (R) result; // the method reference had this type
  }

  /** Constructs an object at the peer. */
  <T> T create(Class<T> type, @Nullable Object... arguments) {
    requireNonNull(type, "type");
    requireNonNull(arguments, "arguments: one that is null is given as (Object) null");
    if (type.isArray() || type.isPrimitive()) {
      throw new IllegalArgumentException(type.getTypeName() + " has no constructor");
    }
    var spec =
        new CallSpec(
            "new " + MethodReference.simple(type),
            new MethodKey.Name("<init>"),
            modes(type, arguments),
            OPTIONS,
            null,
            Interrupts.KEPT);
    var call =
        new Invocation(
            named.object(new Target.Statics(type.getName())), spec, Arrays.asList(arguments));
    checkUsable(call, type);
    return requireNonNull(type.cast(block(call, type)), "a new object");
  }

  /** How the constructor that fits asks for its arguments; if none does, its owner says so. */
  private static List<PassMode> modes(Class<?> type, @Nullable Object[] arguments) {
    try {
      return Overloads.choose(ExportedType.ofStatics(type), "<init>", arguments)
          .method()
          .parameterModes(arguments.length);
    } catch (NoSuchRemoteMethodException | NotPassableException e) {
      return List.of();
    }
  }

  /** Fails while nothing is constructed yet if no object of this type can arrive here. */
  private static void checkUsable(Invocation call, Class<?> type) {
    @Nullable String refusal = StandIns.refusal(type);
    if (refusal != null && !call.target().session().side().passingRules().mayCopy(type)) {
      throw new IllegalArgumentException(
          call.text()
              + " would give what cannot be used here. "
              + refusal
              + (StandIns.isPower(type)
                  ? ""
                  : ", with importFunction(" + MethodReference.simple(type) + "::new)"));
    }
  }

  private static @Nullable Object block(Invocation call, Class<?> type) {
    try {
      @Nullable Object result = call.target().session().caller().block(call);
      return Conversions.result(call, result, type);
    } catch (Throwable e) {
      throw Sneaky.<RuntimeException>asUnchecked(e);
    }
  }
}
