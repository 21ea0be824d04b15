package dev.farside;

import dev.farside.spi.FarsideProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Operations on objects that live elsewhere. Thread-safe. */
public final class Remote {
  private Remote() {}

  /** Whether this object is a stand-in for an object of another side; false for null. */
  public static boolean isRemote(@Nullable Object object) {
    return object != null && FarsideProvider.installed().isRemote(object);
  }

  /**
   * The reference behind a proxy.
   *
   * @throws IllegalArgumentException if the object is not a proxy
   */
  public static RemoteRef ref(Object proxy) {
    return FarsideProvider.installed().ref(proxy);
  }

  /**
   * An expression on a plain proxy as one lazy {@link Mono}: {@code Remote.async(account, a ->
   * a.deposit(5).balance())}. It runs once per subscription and never on the subscriber's thread.
   *
   * @param proxy a proxy with a blocking face
   * @param expression calls on its argument; must not keep it
   */
  public static <T, R> Mono<R> async(T proxy, RemoteFunction<T, R> expression) {
    return FarsideProvider.installed().async(proxy, expression);
  }

  /**
   * Another face of the same object, without a round trip: methods match by name and parameter
   * types, results adapt. Gives the same proxy for the same face while it is in use.
   *
   * @throws IllegalArgumentException if the object is not a proxy, or no stand-in can be made for
   *     the face
   */
  public static <T> T as(Object proxy, Class<T> face) {
    return FarsideProvider.installed().as(proxy, face);
  }

  /**
   * Ends a reference now instead of when the garbage collector finds it: later calls through any
   * proxy of the object fail with {@link StaleReferenceException}. The object itself is untouched.
   *
   * @throws IllegalArgumentException if the object is not a proxy
   */
  public static void release(Object proxy) {
    ref(proxy).release();
  }

  /**
   * Makes the next message that contains this object pass it by reference although it is a value:
   * {@code peerObject.keep(Remote.byReference(myRecord))}.
   *
   * @return the same object
   */
  public static <T> T byReference(T value) {
    return FarsideProvider.installed().byReference(value);
  }
}
