package dev.farside.rsocket;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.RemoteFunction;
import dev.farside.RemoteRef;
import dev.farside.spi.FarsideProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The door to this binding, found by {@link java.util.ServiceLoader}. */
public final class Provider implements FarsideProvider {
  /** For {@link java.util.ServiceLoader}. */
  public Provider() {}

  @Override
  public Farside.Builder builder() {
    return new SideBuilder();
  }

  @Override
  public Peer currentPeer() {
    return CallContext.currentPeer();
  }

  @Override
  public boolean isRemote(Object object) {
    return StandIns.remoteOf(object) != null;
  }

  @Override
  public RemoteRef ref(Object proxy) {
    return remote(proxy);
  }

  @Override
  public <T, R> Mono<R> async(T proxy, RemoteFunction<T, R> expression) {
    Workers workers = remote(proxy).session().side().workers();
    return Mono.fromCallable(() -> expression.apply(proxy)).subscribeOn(workers.scheduler());
  }

  @Override
  public <T> T as(Object proxy, Class<T> face) {
    Object standIn = remote(proxy).as(face);
    if (!face.isInstance(standIn)) {
      throw new IllegalArgumentException(
          proxy + " cannot be seen as " + face.getTypeName() + ". " + StandIns.refusal(face));
    }
    return face.cast(standIn);
  }

  @Override
  public <T> T byReference(T value) {
    ByReferenceMarks.mark(value);
    return value;
  }

  private static RemoteObject remote(@Nullable Object proxy) {
    @Nullable RemoteObject remote = StandIns.remoteOf(proxy);
    if (remote == null) {
      throw new IllegalArgumentException(
          "Not a proxy but a local object: "
              + (proxy == null ? "null" : "a " + proxy.getClass().getName()));
    }
    return remote;
  }
}
