package dev.farside;

import dev.farside.spi.FarsideProvider;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * The remote side as seen over one connection.
 *
 * <pre>{@code
 * try (Peer peer = Farside.create().connectNow("tcp://127.0.0.1:7000")) {
 *   Account account = peer.lookup("account", Account.class);
 *   account.deposit(100);
 * }
 * }</pre>
 *
 * <p>Thread-safe. When the connection ends, every pending call fails with {@link
 * ConnectionLostException} and every proxy of this peer becomes stale.
 */
public interface Peer extends AutoCloseable {
  /**
   * A proxy for the object that the peer bound to a name. No round trip: a missing name fails at
   * the first call, with {@link NoSuchNameException}.
   *
   * @param face the type through which to call it: an interface or a class that can be subclassed.
   *     It need not be a type of the object; methods match by name and parameter types, results
   *     adapt (a {@code Mono<Integer> add(int, int)} here calls an {@code int add(int, int)} there)
   * @throws IllegalArgumentException if no stand-in can be made for this type; it says why
   */
  <T> T lookup(String name, Class<T> face);

  /** The names that the peer offers now. Blocks for one round trip. */
  Set<String> names();

  /**
   * A constructor or static method of the peer, as a function: {@code
   * importFunction(FileInputStream::new)}. No round trip; a class that the peer does not allow
   * fails at the first call with {@link NotAllowedException}.
   *
   * @param methodReference a method reference, not a lambda: code is not sent, only its name
   * @throws IllegalArgumentException if it is a lambda
   */
  <A, R> RemoteFunction<A, R> importFunction(RemoteFunction<A, R> methodReference);

  /**
   * The public static methods of a class of the peer, seen through an interface whose methods have
   * the same names and parameter types.
   */
  <T> T importStatic(Class<?> owner, Class<T> face);

  /**
   * Constructs an object at the peer and returns a proxy for it, or a copy if it is a value. Blocks
   * for one round trip.
   *
   * @param arguments chooses the constructor as a compiler would
   * @throws IllegalArgumentException if it is no value and nothing can stand in for it, as for a
   *     final class; nothing is sent then
   */
  <T> T create(Class<T> type, Object... arguments);

  /** What goes on between the two sides at this moment, and what went on so far. */
  PeerStats stats();

  /** Completes when the connection has ended, for whatever reason; never fails. */
  Mono<Void> onClose();

  /** Ends the connection and waits until it is gone. Closing again does nothing. */
  @Override
  void close();

  /**
   * The peer whose call is being carried out on this thread.
   *
   * @throws IllegalStateException outside of such a call
   */
  static Peer current() {
    return FarsideProvider.installed().currentPeer();
  }
}
