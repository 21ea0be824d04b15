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
   * A constructor or method of the peer with one argument, as a function. No round trip.
   *
   * <pre>{@code
   * RemoteFunction<String, InputStream> open = peer.importFunction(FileInputStream::new);
   * RemoteFunction<Path, String> read = peer.importFunction(Files::readString);
   * RemoteFunction<File, Boolean> exists = peer.importFunction(File::exists);
   * }</pre>
   *
   * <p>Of what has another number of arguments or no result, the methods below make what is named
   * after it: the compiler could not tell {@code Files::readString} of one argument from that of
   * two if all had one name. For yet other ones there is {@link #importStatic}.
   *
   * <p>A constructor or static method runs at the peer, which must allow it: else the first call
   * fails with {@link NotAllowedException}. An instance method runs where the object is on which it
   * is called, the first argument of {@code Account::balance}, the object itself of {@code
   * account::balance}: an object of the peer, of which that is a proxy, or the copy at the peer of
   * a value, whose class the peer must allow. Any other object stays here: {@link
   * IllegalArgumentException}.
   *
   * <p>A function that the method reference names by a result type such as {@code Mono} gives its
   * result as a face that declares it would: {@code Mono} calls when subscribed, {@code Stream}
   * gives items in batches.
   *
   * @param methodReference a method reference, not a lambda: code is not sent, only its name. The
   *     compiler makes lambdas of {@code String[]::new} and of references to methods of variable
   *     arity that are given single arguments
   * @throws IllegalArgumentException if it is a lambda, or bound to an object that stays here
   */
  <A, R> RemoteFunction<A, R> importFunction(RemoteFunction<A, R> methodReference);

  /** As {@link #importFunction}, without arguments: {@code importSupplier(ArrayList::new)}. */
  <R> RemoteSupplier<R> importSupplier(RemoteSupplier<R> methodReference);

  /**
   * As {@link #importFunction}, of two arguments: {@code importBiFunction(Files::readString)}. The
   * first is the object of an instance method: {@code importBiFunction(Account::deposit)}.
   */
  <A, B, R> RemoteBiFunction<A, B, R> importBiFunction(RemoteBiFunction<A, B, R> methodReference);

  /** As {@link #importFunction}, of three arguments. */
  <A, B, C, R> RemoteFunction3<A, B, C, R> importFunction3(
      RemoteFunction3<A, B, C, R> methodReference);

  /** As {@link #importFunction}, of four arguments. */
  <A, B, C, D, R> RemoteFunction4<A, B, C, D, R> importFunction4(
      RemoteFunction4<A, B, C, D, R> methodReference);

  /**
   * As {@link #importFunction}, without arguments and result: {@code importRunnable(System::gc)}.
   */
  RemoteRunnable importRunnable(RemoteRunnable methodReference);

  /** As {@link #importFunction}, without a result: {@code importConsumer(Files::delete)}. */
  <A> RemoteConsumer<A> importConsumer(RemoteConsumer<A> methodReference);

  /** As {@link #importFunction}, of two arguments and without a result. */
  <A, B> RemoteBiConsumer<A, B> importBiConsumer(RemoteBiConsumer<A, B> methodReference);

  /**
   * The public static methods of a class of the peer, seen through an interface whose methods have
   * the same names and parameter types.
   */
  <T> T importStatic(Class<?> owner, Class<T> face);

  /**
   * Constructs an object at the peer and returns a proxy for it, or a copy if it is a value. Blocks
   * for one round trip.
   *
   * @param arguments chooses the constructor as a compiler would that takes every box for its
   *     primitive
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
