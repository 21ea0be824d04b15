package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.BlockingNotAllowedException;
import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import dev.farside.codec.Bodies;
import dev.farside.codec.PassingRules;
import dev.farside.codec.TypeNames;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.core.scheduler.Schedulers;

/**
 * The local side: what is shared by all its sessions. Thread-safe; each part says what guards it.
 */
final class Side implements Farside {
  private static final Logger LOG = LoggerFactory.getLogger(Side.class);

  /** Two peers may connect at the same moment. */
  private static final EmitFailureHandler PATIENT =
      EmitFailureHandler.busyLooping(Duration.ofSeconds(1));

  private final SideSettings settings;
  private final Roots roots = new Roots();
  private final Workers workers = new Workers(this::taskEnded);
  private final LogicalThreads threads = new LogicalThreads(workers.executor());
  private final ExportCensus census = new ExportCensus(workers.executor());
  private final Reclaimer reclaimer = new Reclaimer();
  private final WeakIdentityMap<Throwable, RemoteObject> mirroredThrowables =
      new WeakIdentityMap<>(reclaimer.queue());
  private final Lanes serial = new Lanes(new IdentityHashMap<>());
  private volatile boolean closed;
  private final PassingRules passingRules;
  private final TypeNames typeNames;
  private final StandInTypes standInTypes = new StandInTypes(StandInTypes.MAX_CLASSES);
  private final Bodies bodies;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Sinks.Many<Peer> peers = Sinks.many().multicast().directBestEffort();

  Side(SideSettings settings) {
    this.settings = settings;
    this.typeNames = new TypeNames(settings.classLoader());
    this.passingRules = new PassingRules(settings.valueTypes(), settings.exposure());
    this.bodies = new Bodies(passingRules, typeNames, settings.shownFrames());
  }

  SideSettings settings() {
    return settings;
  }

  Roots roots() {
    return roots;
  }

  Workers workers() {
    return workers;
  }

  LogicalThreads threads() {
    return threads;
  }

  private void taskEnded() {
    threads.endOwn();
    HeldLocks.endHere();
  }

  /** What keeps the calls of objects in order that carry out one at a time. */
  Lanes serial() {
    return serial;
  }

  ExportCensus census() {
    return census;
  }

  Reclaimer reclaimer() {
    return reclaimer;
  }

  /** Which copies of exceptions stand for which originals of a peer. */
  WeakIdentityMap<Throwable, RemoteObject> mirroredThrowables() {
    return mirroredThrowables;
  }

  PassingRules passingRules() {
    return passingRules;
  }

  /** The classes that peers name. */
  TypeNames typeNames() {
    return typeNames;
  }

  /** The classes of proxies that all connections share. */
  StandInTypes standInTypes() {
    return standInTypes;
  }

  Bodies bodies() {
    return bodies;
  }

  void opened(Session session) {
    sessions.add(session);
    reclaimer.sessionOpened();
  }

  /** Both sides know each other. */
  void greeted(Session session) {
    workers.executor().execute(() -> announce(session));
  }

  private void announce(Session session) {
    peers.emitNext(session.peer(), PATIENT);
    try {
      settings.onPeer().accept(session.peer());
    } catch (RuntimeException e) {
      LOG.warn("onPeer failed for {}: its connection is closed", session, e);
      session.close();
    }
  }

  void closed(Session session) {
    if (sessions.remove(session)) {
      reclaimer.sessionClosed();
    }
  }

  void closed(Listener listener) {
    listeners.remove(listener);
  }

  @Override
  public Farside bind(String name, Object target) {
    requireNonNull(name, "name");
    requireNonNull(target, "target");
    if (closed) {
      throw isClosed();
    }
    roots.bind(name, target);
    return this;
  }

  @Override
  public void unbind(String name) {
    roots.unbind(requireNonNull(name, "name"));
  }

  @Override
  public Mono<Peer> connect(String uri) {
    requireNonNull(uri, "uri");
    return whileOpen(() -> RSocketConnections.connect(this, uri), Session::close)
        .map(Session::peer);
  }

  @Override
  public Peer connectNow(String uri) {
    return wait(connect(uri), "connectNow");
  }

  @Override
  public Mono<Listener> listen(String uri) {
    requireNonNull(uri, "uri");
    return whileOpen(
        () -> RSocketConnections.listen(this, uri).doOnNext(listeners::add), Listener::close);
  }

  @Override
  public Listener listenNow(String uri) {
    return wait(listen(uri), "listenNow");
  }

  /** What an action opens while this side is open; what opens too late is closed again. */
  private <T> Mono<T> whileOpen(Supplier<Mono<T>> action, Consumer<T> close) {
    return Mono.defer(() -> closed ? Mono.error(isClosed()) : action.get())
        .doOnNext(
            opened -> {
              if (closed) {
                close.accept(opened);
                throw isClosed();
              }
            })
        .onErrorMap(e -> closed, e -> isClosed());
  }

  private static IllegalStateException isClosed() {
    return new IllegalStateException("This side is closed; build another one");
  }

  private static <T> T wait(Mono<T> later, String method) {
    if (Schedulers.isInNonBlockingThread()) {
      throw new BlockingNotAllowedException(
          method
              + " would block the thread "
              + Thread.currentThread().getName()
              + ", which must not block; use the method that returns a Mono");
    }
    return requireNonNull(later.block(), method);
  }

  @Override
  public Flux<Peer> peers() {
    return peers.asFlux();
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(listeners).forEach(Listener::close);
    List.copyOf(sessions).forEach(Session::close);
    peers.emitComplete(PATIENT);
    threads.close();
    workers.close();
  }
}
