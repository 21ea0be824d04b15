package dev.farside.spi;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.RemoteFunction;
import dev.farside.RemoteRef;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The door between the API and the one binding on the class path, found through {@link
 * ServiceLoader}. Every method is thread-safe.
 */
public interface FarsideProvider {
  /** Backs {@link Farside#builder()}. */
  Farside.Builder builder();

  /** Backs {@link Peer#current()}; fails with {@link IllegalStateException} outside a call. */
  Peer currentPeer();

  /** Backs {@link dev.farside.Deadline#remaining()}. */
  Optional<Duration> remaining();

  /** Backs {@link dev.farside.Deadline#remaining(ContextView)}. */
  Optional<Duration> remaining(ContextView context);

  /** Backs {@link dev.farside.Remote#isRemote}. */
  boolean isRemote(Object object);

  /** Backs {@link dev.farside.Remote#ref}. */
  RemoteRef ref(Object proxy);

  /** Backs {@link dev.farside.Remote#async}. */
  <T, R> Mono<R> async(T proxy, RemoteFunction<T, R> expression);

  /** Backs {@link dev.farside.Remote#as}. */
  <T> T as(Object proxy, Class<T> face);

  /** Backs {@link dev.farside.Remote#byReference}. */
  <T> T byReference(T value);

  /**
   * The binding on the class path.
   *
   * @throws IllegalStateException if there is none
   */
  static FarsideProvider installed() {
    return InstalledProvider.INSTANCE;
  }
}
