package dev.farside;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The primitive under every proxy: a reference to one object of a peer, callable by method name.
 * Thread-safe.
 */
public interface RemoteRef {
  /** Where the object lives. */
  Peer peer();

  /**
   * The names of the object's public types, the most specific class first; of a looked-up or
   * imported object only the faces asked for so far are known.
   */
  List<String> typeNames();

  /**
   * Calls a method when subscribed, choosing the overload by the arguments as a compiler would.
   *
   * @return the result; empty for null and {@code void}
   */
  Mono<Object> call(String method, @Nullable Object... arguments);

  /** Calls a method when subscribed and gives its result element by element. */
  Flux<Object> stream(String method, @Nullable Object... arguments);

  /** See {@link Remote#release}. */
  void release();
}
