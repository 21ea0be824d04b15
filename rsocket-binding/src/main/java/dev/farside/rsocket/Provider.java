package dev.farside.rsocket;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.RemoteFunction;
import dev.farside.RemoteRef;
import dev.farside.codec.Baggage;
import dev.farside.spi.FarsideProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

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
  public Optional<Duration> remaining() {
    return CallContext.remaining(CallContext.current());
  }

  @Override
  public Optional<Duration> remaining(ContextView context) {
    return CallContext.remaining(CallContext.of(context));
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
    Side side = remote(proxy).session().side();
    return Mono.deferContextual(
        context -> {
          @Nullable CallContext within = CallContext.current(context);
          Baggage baggage = side.settings().propagation().capture(context);
          return side.workers()
              .run(() -> within(within, carrying(side, baggage, () -> expression.apply(proxy))));
        });
  }

  /** On another thread, but within the same call. */
  private static <R> R within(@Nullable CallContext context, Callable<R> action) throws Exception {
    @Nullable CallContext before = CallContext.enter(context);
    try {
      return action.call();
    } finally {
      CallContext.leave(before);
    }
  }

  /** On another thread, but with the same context. */
  private static <R> Callable<R> carrying(Side side, Baggage baggage, Callable<R> action) {
    return () -> {
      Scope scope = side.settings().propagation().enter(baggage);
      try {
        return action.call();
      } finally {
        scope.close();
      }
    };
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
