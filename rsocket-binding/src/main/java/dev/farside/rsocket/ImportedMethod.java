package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.codec.CallOptions;
import dev.farside.codec.MethodKey;
import dev.farside.codec.Signatures;
import dev.farside.codec.Target;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a method reference names, to be called at the peer. Thread-safe. */
final class ImportedMethod {
  private final MethodReference reference;
  private final RemoteObject owner;
  private final MethodHandler handler;
  private final boolean ofObject;

  private ImportedMethod(
      MethodReference reference, RemoteObject owner, MethodHandler handler, boolean ofObject) {
    this.reference = reference;
    this.owner = owner;
    this.handler = handler;
    this.ofObject = ofObject;
  }

  /** Fails in words if it is no method reference, or one of an object that stays here. */
  static ImportedMethod of(NamedImports named, Serializable reference, String operation) {
    MethodReference read = MethodReference.of(reference, operation);
    RemoteObject owner = named.object(new Target.Statics(read.owner().getName()));
    boolean ofObject =
        read.executable() instanceof Method method && !Modifier.isStatic(method.getModifiers());
    var imported = new ImportedMethod(read, owner, handler(read, ofObject), ofObject);
    if (read.bound()) {
      imported.isOfPeer(requireNonNull(read.receiver(), "receiver"));
    }
    return imported;
  }

  private static MethodHandler handler(MethodReference read, boolean ofObject) {
    if (!(read.executable() instanceof Method method)) {
      return constructor(read, (Constructor<?>) read.executable());
    }
    return ofObject
        ? FaceMethod.imported(
            method, Signatures.onFirstArgument(read.owner(), method), 1, read.result())
        : FaceMethod.imported(method, Signatures.of(method), 0, read.result());
  }

  private static MethodHandler constructor(MethodReference read, Constructor<?> constructor) {
    var spec =
        new CallSpec(
            read.text() + FaceMethod.parameters(constructor),
            new MethodKey.Hash(Signatures.hash(Signatures.of(constructor))),
            Declarations.parameters(constructor),
            new CallOptions(CallOptions.RESTORE_ARRAYS),
            null,
            Interrupts.of(constructor));
    return new BlockingMethod(spec, read.result());
  }

  /**
   * Calls it.
   *
   * @param onProxy calls it, as the reference itself does, on an object that is a proxy
   */
  @Nullable Object call(Callable<?> onProxy, @Nullable Object... arguments) throws Exception {
    List<@Nullable Object> all = new ArrayList<>(arguments.length + 1);
    if (reference.bound()) {
      all.add(reference.receiver());
    }
    all.addAll(Arrays.asList(arguments));
    if (ofObject && isOfPeer(requireNonNull(all.get(0), reference.text() + " on null"))) {
      return onProxy.call();
    }
    checkNamesClass();
    return send(all.toArray());
  }

  /** Fails if it is to be called on a value, but its class is that of all objects. */
  private void checkNamesClass() {
    if (ofObject && reference.owner() == Object.class) {
      throw new IllegalArgumentException(
          reference.text()
              + " names no class that could be allowed at "
              + owner.session()
              + ": call it directly on what is copied there");
    }
  }

  private @Nullable Object send(@Nullable Object[] arguments) throws Exception {
    try {
      return handler.invoke(owner, owner, arguments);
    } catch (Throwable e) {
      throw Sneaky.<RuntimeException>asUnchecked(e);
    }
  }

  /** Whether it lives there; false for what is copied there, all else is refused. */
  private boolean isOfPeer(Object receiver) {
    @Nullable RemoteObject remote = StandIns.remoteOf(receiver);
    if (remote != null && remote.session() == owner.session()) {
      return true;
    }
    if (remote == null && owner.session().side().passingRules().isValue(receiver.getClass())) {
      return false;
    }
    throw new IllegalArgumentException(
        reference.text()
            + " is imported from "
            + owner.session()
            + ", so it is called on a proxy of an object there, or on a value that is copied"
            + " there; "
            + StandIns.describe(receiver)
            + (remote == null ? "" : " of " + remote.session())
            + " is neither: call it directly");
  }
}
