package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.Peer;
import dev.farside.PeerStats;
import dev.farside.RemoteBiConsumer;
import dev.farside.RemoteBiFunction;
import dev.farside.RemoteConsumer;
import dev.farside.RemoteFunction;
import dev.farside.RemoteFunction3;
import dev.farside.RemoteFunction4;
import dev.farside.RemoteRunnable;
import dev.farside.RemoteSupplier;
import dev.farside.codec.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A session as the user sees it. One for each. Thread-safe. */
final class ConnectedPeer implements Peer {
  private final Session session;

  ConnectedPeer(Session session) {
    this.session = session;
  }

  private NamedImports named() {
    return session.named();
  }

  @Override
  public <T> T lookup(String rootName, Class<T> face) {
    requireNonNull(rootName, "name");
    requireNonNull(face, "face");
    return face.cast(named().object(new Target.Root(rootName)).as(face));
  }

  @Override
  public Set<String> names() {
    return lookup("", NamedRoots.class).names();
  }

  @Override
  public <A, R> RemoteFunction<A, R> importFunction(RemoteFunction<A, R> methodReference) {
    return new Imports(named()).function(methodReference);
  }

  @Override
  public <R> RemoteSupplier<R> importSupplier(RemoteSupplier<R> methodReference) {
    return new Imports(named()).supplier(methodReference);
  }

  @Override
  public <A, B, R> RemoteBiFunction<A, B, R> importBiFunction(
      RemoteBiFunction<A, B, R> methodReference) {
    return new Imports(named()).biFunction(methodReference);
  }

  @Override
  public <A, B, C, R> RemoteFunction3<A, B, C, R> importFunction3(
      RemoteFunction3<A, B, C, R> methodReference) {
    return new Imports(named()).function3(methodReference);
  }

  @Override
  public <A, B, C, D, R> RemoteFunction4<A, B, C, D, R> importFunction4(
      RemoteFunction4<A, B, C, D, R> methodReference) {
    return new Imports(named()).function4(methodReference);
  }

  @Override
  public RemoteRunnable importRunnable(RemoteRunnable methodReference) {
    return new Imports(named()).runnable(methodReference);
  }

  @Override
  public <A> RemoteConsumer<A> importConsumer(RemoteConsumer<A> methodReference) {
    return new Imports(named()).consumer(methodReference);
  }

  @Override
  public <A, B> RemoteBiConsumer<A, B> importBiConsumer(RemoteBiConsumer<A, B> methodReference) {
    return new Imports(named()).biConsumer(methodReference);
  }

  @Override
  public <T> T importStatic(Class<?> owner, Class<T> face) {
    return face.cast(named().object(new Target.Statics(owner.getName())).as(face));
  }

  @Override
  public <T> T create(Class<T> type, @Nullable Object... arguments) {
    return new Imports(named()).create(type, arguments);
  }

  @Override
  public PeerStats stats() {
    return session.stats();
  }

  @Override
  public Mono<Void> onClose() {
    return session.onClose();
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
