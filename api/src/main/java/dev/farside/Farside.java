package dev.farside;

import dev.farside.spi.FarsideProvider;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The local side: the objects that we offer by name, and the connections to other sides.
 *
 * <pre>{@code
 * try (var side = Farside.builder().bind("clock", Clock.systemUTC()).build();
 *     var listener = side.listenNow("tcp://127.0.0.1:7000")) {
 *   listener.join();
 * }
 * }</pre>
 *
 * <p>Connections are symmetric: whoever connected, both sides may look up, call and pass objects.
 *
 * <p><b>Addresses</b> are URIs: {@code tcp://host:port}, {@code ws://host:port/path}, and {@code
 * local://name} for two sides in one JVM. Port 0 takes a free port; {@link Listener#uri()} tells
 * which.
 *
 * <p><b>Threads.</b> Every method may be called from any thread. The {@code …Now} methods and
 * {@link #close()} block and fail on a Reactor non-blocking thread.
 *
 * <p><b>Lifecycle.</b> {@link #close()} closes every listener and peer of this side. A side that
 * has neither needs no closing. A closed side binds, connects and listens no more: that fails with
 * {@link IllegalStateException}. All threads of a side are daemons: a server's main thread waits in
 * {@link Listener#join()}.
 */
public interface Farside extends AutoCloseable {
  /** A side with default settings and nothing bound. */
  static Farside create() {
    return builder().build();
  }

  /** A side with settings of your own. */
  static Builder builder() {
    return FarsideProvider.installed().builder();
  }

  /**
   * Offers an object by name to every peer, present and future. Binding a bound name again replaces
   * the object for calls that start afterwards, also through proxies that were looked up before.
   *
   * @param name not empty
   * @return this
   * @throws IllegalStateException if this side is closed
   */
  Farside bind(String name, Object target);

  /** Withdraws a name; later calls through it fail with {@link NoSuchNameException}. */
  void unbind(String name);

  /**
   * Connects, when subscribed, to a side that listens.
   *
   * @return the peer once both sides have greeted each other; fails with {@link
   *     ConnectionLostException} if nobody answers there, with {@link ProtocolException} if who
   *     answers does not speak the same protocol, with {@link IllegalArgumentException} for a URI
   *     that names no transport of ours
   */
  Mono<Peer> connect(String uri);

  /** {@link #connect} and wait. */
  Peer connectNow(String uri);

  /**
   * Listens, when subscribed, for other sides.
   *
   * @return the listener once it accepts connections; fails with {@link ConnectionLostException} if
   *     the address cannot be had
   */
  Mono<Listener> listen(String uri);

  /** {@link #listen} and wait. */
  Listener listenNow(String uri);

  /** Every peer that connects from now on, in both directions; ends when this side is closed. */
  Flux<Peer> peers();

  /** Closes all listeners and peers and waits until they are gone. Closing again does nothing. */
  @Override
  void close();

  /**
   * Settings of a side; each may be given once, those that add may be repeated. Not thread-safe.
   */
  interface Builder {
    /** See {@link Farside#bind}. */
    Builder bind(String name, Object target);

    /**
     * Lets peers call the public static methods and constructors of these classes, and their public
     * instance methods on values that the peer sends: {@link Peer#importFunction}, {@link
     * Peer#importStatic}, {@link Peer#create}. Nothing is allowed unless named here or by one of
     * the next two.
     */
    Builder allowImport(Class<?>... owners);

    /**
     * {@link #allowImport} for all public classes of these packages, those nested in others
     * included, those of sub-packages not: as {@code import com.acme.*} would. What has power over
     * the virtual machine, such as {@code ProcessBuilder}, must be named by itself nonetheless; but
     * mind the rest: {@code java.nio.file} has {@code Files.delete}.
     *
     * @param packages names, {@code "com.acme"}
     */
    Builder allowImportPackage(String... packages);

    /**
     * {@link #allowImport} for all public classes that a predicate takes, what has power over the
     * virtual machine excepted. It is asked with each call that names another class, by several
     * threads, with any class that this side can load: what it throws refuses that call.
     */
    Builder allowImportIf(Predicate<? super Class<?>> owners);

    /** What peers may call of the objects that they were given; all that is public if not given. */
    Builder exposure(Exposure exposure);

    /**
     * Types that are copied field by field although they are no records, as if they were marked
     * {@link ByValue}. Both sides must say so.
     */
    Builder valueType(Class<?>... types);

    /**
     * How long a call may take, until its first answer, before it fails with {@link
     * CallTimeoutException}; without a limit if not given.
     *
     * @param timeout positive
     */
    Builder callTimeout(Duration timeout);

    /**
     * Where implementations that return a {@code Mono}, {@code Flux}, {@code Publisher} or future
     * are called; on the connection's thread if not given. One connection's calls begin one after
     * the other, in the order in which they came in. {@link Blocking} goes before.
     */
    Builder reactiveOn(Scheduler scheduler);

    /**
     * Context that travels with every call, of whatever kind: texts that a caller keeps under these
     * keys are there in the callee, if its side names the same keys.
     *
     * <pre>{@code
     * Farside.builder().propagate("traceparent", "tracestate")
     * }</pre>
     *
     * <p>At the caller, a value is taken when the call is made: from the Reactor context of who
     * subscribes to it, else from the calling thread's thread local that is registered under the
     * key in Micrometer's {@code ContextRegistry}. At the callee, it is in the Reactor context in
     * which a returned {@code Mono} or {@code Flux} is subscribed to, and in the registered thread
     * local while the method runs, while what it returned is subscribed to and asked for elements,
     * and while elements of a returned stream or collection are taken; then that thread local is
     * what it was before. What the callee calls meanwhile takes the value along, also where no
     * thread local is registered.
     *
     * <p>A key without a value is not sent, and leaves alone what the callee's thread has. Peers
     * cannot set other keys than these; what they send under them is theirs to choose. A value that
     * is no {@code String} fails the call with {@link NotPassableException}, as does one that the
     * callee's thread local does not take; more than 16,384 characters fail it with {@link
     * LimitExceededException}. Subscriptions to publishers that were passed as arguments or values
     * take nothing along.
     *
     * <p>{@code io.micrometer:context-propagation} is an optional dependency: without it, there are
     * Reactor contexts only.
     *
     * @param keys not null; at most 64 in all
     */
    Builder propagate(String... keys);

    /**
     * Entries of SLF4J's {@code MDC} that travel with every call, of whatever kind, to callees
     * whose sides name the same keys. An entry is taken from the calling thread's MDC when the call
     * is made, and is in the callee's MDC while the method runs, while the {@code Mono} or {@code
     * Flux} that it returned is subscribed to and asked for elements, and while elements of a
     * returned stream or collection are taken; then that MDC is what it was before. What is called
     * meanwhile takes the entry along, and so does what a returned {@code Mono} or {@code Flux}
     * calls. Operators that run later, on whatever thread, do not see it.
     *
     * <p>A key without an entry leaves alone what the callee's thread has. Log patterns should
     * expect any text: a peer chooses it. The limits are those of {@link #propagate}.
     *
     * @param keys not null; at most 64 in all
     */
    Builder propagateMdc(String... keys);

    /**
     * Called on a worker thread with every peer that connects, in both directions. An exception
     * that it throws is logged and closes that peer.
     */
    Builder onPeer(Consumer<Peer> action);

    /**
     * The largest message that this side accepts, in bytes; a peer fails to send a larger one with
     * {@link LimitExceededException}. 128 MiB if not given. The items of a stream are messages of
     * their own.
     *
     * @param bytes at least 65,536
     */
    Builder maxMessageSize(int bytes);

    /**
     * Where the types that a peer names are looked for; the thread context class loader at {@link
     * #build()} if not given.
     */
    Builder classLoader(ClassLoader loader);

    /**
     * Which frames of its stack traces this side sends; all if not given. It holds for every
     * exception that leaves this side, thrown or passed as a value, with its causes and suppressed
     * ones, and for all of their frames: also for those that came from a third side, and for the
     * lines {@code farside.remote call(…)}, which name its address. Where frames are kept back, the
     * peer sees a line {@code farside.hidden(12 frames)}.
     *
     * <pre>{@code
     * Farside.builder().showFrames(frame -> false) // nothing of what is behind the interface
     *
     * Farside.builder().showFrames(frame -> frame.getClassName().startsWith("com.acme.bank.api."))
     * }</pre>
     *
     * <p>Classes, messages and fields of exceptions travel as ever. The frames of who called, which
     * the caller's side adds to what it receives, are its own and are not asked about; an exception
     * of the peer's that comes home to it has its own stack.
     *
     * @param shown called for each frame, on any thread; should be quick and not throw
     */
    Builder showFrames(Predicate<StackTraceElement> shown);

    /** The side. */
    Farside build();
  }
}
