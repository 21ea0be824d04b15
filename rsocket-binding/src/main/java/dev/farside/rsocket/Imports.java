package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.RemoteFunction;
import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.Signatures;
import dev.farside.codec.Target;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constructors and static methods of the peer, called as if they were ours. */
final class Imports {
  private static final CallOptions OPTIONS = new CallOptions(CallOptions.RESTORE_ARRAYS);

  private Imports() {}

  /** A function that calls at the peer what a method reference names. */
  static <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> function(
      NamedImports named, RemoteFunction<A, R> reference) {
    SerializedLambda lambda = describe(reference);
    String owner = lambda.getImplClass().replace('/', '.');
    String method = methodName(lambda);
    Class<?>[] parameters = parameters(lambda, reference.getClass().getClassLoader());
    var spec =
        new CallSpec(
            method.equals("<init>") ? "new " + simple(owner) : simple(owner) + "." + method,
            new MethodKey.Hash(Signatures.hash(Signatures.of(method, parameters))),
            OPTIONS);
    return new Imported<>(named.object(new Target.Statics(owner)), spec, parameters.length);
  }

  /** Constructs an object at the peer. */
  static <T> T create(NamedImports named, Class<T> type, @Nullable Object... arguments) {
    var spec = new CallSpec("new " + simple(type.getName()), new MethodKey.Name("<init>"), OPTIONS);
    var call =
        new Invocation(
            named.object(new Target.Statics(type.getName())), spec, Arrays.asList(arguments));
    checkUsable(call, type);
    return requireNonNull(type.cast(block(call, type)), "a new object");
  }

  /** Fails while nothing is constructed yet if no object of this type can arrive here. */
  private static void checkUsable(Invocation call, Class<?> type) {
    @Nullable String refusal = StandIns.refusal(type);
    if (refusal != null && !call.target().session().side().passingRules().mayCopy(type)) {
      throw new IllegalArgumentException(
          call.text()
              + " would give what cannot be used here. "
              + refusal
              + ", with importFunction("
              + simple(type.getName())
              + "::new)");
    }
  }

  private static @Nullable Object block(Invocation call, Class<?> type) {
    try {
      @Nullable Object result = call.target().session().caller().block(call);
      return Conversions.result(call, result, type);
    } catch (Throwable e) {
      throw Imports.<RuntimeException>sneaky(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable e) throws E {
    throw (E) e;
  }

  private static SerializedLambda describe(RemoteFunction<?, ?> reference) {
    try {
      Method replace = reference.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      if (replace.invoke(reference) instanceof SerializedLambda lambda
          && !lambda.getImplMethodName().startsWith("lambda$")) {
        return lambda;
      }
    } catch (ReflectiveOperationException e) {
      throw refused(e);
    }
    throw refused(null);
  }

  private static IllegalArgumentException refused(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "importFunction needs a method reference, such as FileInputStream::new; a lambda's code"
            + " cannot be sent, only a name can",
        cause);
  }

  private static String methodName(SerializedLambda lambda) {
    return switch (lambda.getImplMethodKind()) {
      case MethodHandleInfo.REF_newInvokeSpecial -> "<init>";
      case MethodHandleInfo.REF_invokeStatic -> lambda.getImplMethodName();
      default ->
          throw new IllegalArgumentException(
              simple(lambda.getImplClass().replace('/', '.'))
                  + "::"
                  + lambda.getImplMethodName()
                  + " is an instance method: call it on an object of the peer");
    };
  }

  private static Class<?>[] parameters(SerializedLambda lambda, @Nullable ClassLoader loader) {
    return MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader)
        .parameterArray();
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  /** The imported function; holds what it calls. */
  private static final class Imported<A extends @Nullable Object, R extends @Nullable Object>
      implements RemoteFunction<A, R> {
    private static final long serialVersionUID = 1;

    private final transient RemoteObject owner;
    private final transient CallSpec spec;
    private final int arity;

    Imported(RemoteObject owner, CallSpec spec, int arity) {
      this.owner = owner;
      this.spec = spec;
      this.arity = arity;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the method reference had this type
    public R apply(A argument) throws Exception {
      List<@Nullable Object> arguments = arity == 0 ? List.of() : Arrays.asList(argument);
      return (R) block(new Invocation(owner, spec, arguments), Object.class);
    }
  }
}
