package dev.farside.rsocket;

import dev.farside.CallCancelledException;
import dev.farside.ConnectionLostException;
import dev.farside.FarsideException;
import dev.farside.PeerStats;
import dev.farside.ProtocolException;
import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import dev.farside.codec.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * One connection to a peer: holds what belongs to it and gives each part to the others.
 * Thread-safe; each part says what guards it.
 */
final class Session implements LogicalThread.Callee {
  static final int VERSION = 1;

  private final Side side;
  private final String name;
  private final Link link;
  private final Traffic traffic;
  private final Marshaller marshaller;
  private final ExportTable exports;
  private final ImportTable imports;
  private final ShapeTable shapes;
  private final StandIns standIns;
  private final NamedImports named;
  private final Caller caller;
  private final StreamCaller streamCaller;
  private final Dispatcher dispatcher;
  private final AtomicInteger pendingCalls = new AtomicInteger();
  private final Map<Long, RunningCall> running = new ConcurrentHashMap<>();
  private final Map<Long, Chain> locked = new ConcurrentHashMap<>();
  private final Waits waits = new Waits();
  private final Readers readers = new Readers();
  private final Map<Long, OutgoingItems> inputs = new ConcurrentHashMap<>();
  private final Lanes lanes = new Lanes(new HashMap<>());
  private final HeldAnswers heldAnswers = new HeldAnswers();
  private final ReactiveWorker reactive;
  private final Sinks.Empty<Void> greeted = Sinks.empty();
  private final Sinks.Empty<Void> closed = Sinks.empty();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final ConnectedPeer peer = new ConnectedPeer(this);

  Session(Side side, String name, Link link, Traffic traffic) {
    this.side = side;
    this.name = name;
    this.link = link;
    this.traffic = traffic;
    this.marshaller = new Marshaller(this, side.settings().limits());
    this.exports = new ExportTable(side.census());
    var releases = new ReleaseBatch(this::send);
    this.imports = new ImportTable(this, side.reclaimer().queue(), releases::add);
    this.shapes = new ShapeTable(this::send);
    this.standIns = new StandIns(side.typeNames(), side.standInTypes());
    this.named = new NamedImports(this);
    this.caller = new Caller(this);
    this.streamCaller = new StreamCaller(this, caller);
    this.dispatcher = new Dispatcher(this);
    this.reactive = new ReactiveWorker(side.settings().reactive());
    side.opened(this);
    link.onClose().subscribe(null, e -> closed(), this::closed);
  }

  Side side() {
    return side;
  }

  /** As the user sees it. */
  ConnectedPeer peer() {
    return peer;
  }

  Link link() {
    return link;
  }

  Marshaller marshaller() {
    return marshaller;
  }

  ExportTable exports() {
    return exports;
  }

  ImportTable imports() {
    return imports;
  }

  NamedImports named() {
    return named;
  }

  /** Our calls for which calls wait that are carried out here. */
  Waits waits() {
    return waits;
  }

  Readers readers() {
    return readers;
  }

  ShapeTable shapes() {
    return shapes;
  }

  StandIns standIns() {
    return standIns;
  }

  Caller caller() {
    return caller;
  }

  StreamCaller streamCaller() {
    return streamCaller;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /** Calls of ours that have not ended. */
  AtomicInteger pendingCalls() {
    return pendingCalls;
  }

  /** Calls of the peer's that are being carried out, by the peer's numbers. */
  Map<Long, RunningCall> running() {
    return running;
  }

  /**
   * Calls of the peer's that have locked something, by the peer's numbers, and their chains: each
   * until the next such call of its thread.
   */
  Map<Long, Chain> locked() {
    return locked;
  }

  /** Publisher arguments of our calls, by our numbers. */
  Map<Long, OutgoingItems> inputs() {
    return inputs;
  }

  /** What keeps the peer's calls of one reference in order. */
  Lanes lanes() {
    return lanes;
  }

  HeldAnswers heldAnswers() {
    return heldAnswers;
  }

  ReactiveWorker reactive() {
    return reactive;
  }

  @Override
  public boolean isOpen() {
    return open.get();
  }

  /** Whether the connection has ended, although not all may have been told. */
  boolean hasEnded() {
    return !isOpen() || link.hasEnded();
  }

  /** What a target of the peer's call means here. */
  Object object(Target target) {
    return target instanceof Target.Root root
        ? side.roots().get(root.name())
        : exports.get(((Target.Export) target).id());
  }

  private void send(Message message) {
    link.send(Marshaller.frame(message));
  }

  @Override
  public void ended(Chain chain) {
    if (isOpen()) {
      send(new Message.ChainsEnded(List.of(chain)));
    }
  }

  /** Tells the peer that a call, or the publisher argument of one, is not wanted any more. */
  void cancel(long id, boolean input) {
    send(new Message.Cancel(id, input));
  }

  /** The peer does not want something any more. */
  void cancelled(Message.Cancel cancel) {
    if (cancel.input()) {
      @Nullable OutgoingItems items = inputs.get(cancel.id());
      if (items != null) {
        items.stop();
      }
    } else {
      @Nullable RunningCall call = running.get(cancel.id());
      if (call != null) {
        call.cancel();
      }
      giveBackLocked(cancel.id());
    }
  }

  /** Its answer may be on its way, and will be discarded. */
  private void giveBackLocked(long call) {
    @Nullable Chain chain = locked.remove(call);
    if (chain != null) {
      side.threads().tell(chain, this, () -> HeldLocks.current().giveBack(this, call));
    }
  }

  /** Our greeting. */
  Frame hello() {
    return Marshaller.frame(new Message.Hello(VERSION, VERSION, side.settings().limits()));
  }

  /** The peer's greeting came in; answers with ours. */
  Mono<Frame> greet(Message.Hello hello) {
    accept(hello);
    return Mono.just(hello()).doAfterTerminate(() -> side.greeted(this));
  }

  /** Greets the peer; completes when it has answered. */
  Mono<Session> greet() {
    return link.request(hello())
        .switchIfEmpty(Mono.error(() -> strange("nothing")))
        .doOnNext(this::greeted)
        .doOnSuccess(frame -> side.greeted(this))
        .thenReturn(this);
  }

  private void greeted(Frame frame) {
    Incoming received;
    try {
      received = marshaller.receive(frame);
    } catch (FarsideException e) {
      throw strange(String.valueOf(e.getMessage()));
    }
    try (received) {
      if (!(received.message() instanceof Message.Hello hello)) {
        throw strange(String.valueOf(received.message()));
      }
      accept(hello);
    }
  }

  private ProtocolException strange(String answer) {
    return new ProtocolException(
        name
            + " answered our greeting with something else ("
            + answer
            + "); is it a Farside listener?");
  }

  private void accept(Message.Hello hello) {
    if (hello.minVersion() > VERSION || hello.maxVersion() < VERSION) {
      throw new ProtocolException(
          name
              + " speaks versions "
              + hello.minVersion()
              + " to "
              + hello.maxVersion()
              + " of the protocol, we speak "
              + VERSION
              + "; use the same release on both sides");
    }
    if (greeted.tryEmitEmpty().isFailure()) {
      throw new ProtocolException(name + " greeted twice");
    }
    marshaller.agree(hello.limits());
  }

  ConnectionLostException lost(String why) {
    return new ConnectionLostException(
        "The connection to " + name + " is lost (" + why + "); connect again and look up anew");
  }

  static CallCancelledException cancelled() {
    return new CallCancelledException("The call was given up by its caller");
  }

  private void closed() {
    if (open.compareAndSet(true, false)) {
      exports.close();
      imports.close();
      running.values().forEach(RunningCall::cancel);
      inputs.values().forEach(OutgoingItems::stop);
      side.threads().gone(this);
      reactive.end();
      side.closed(this);
      closed.tryEmitEmpty();
    }
  }

  PeerStats stats() {
    return new PeerStats(
        exports.size(),
        imports.size(),
        pendingCalls.get(),
        traffic.requestsSent(),
        traffic.requestsReceived(),
        traffic.bytesSent(),
        traffic.bytesReceived());
  }

  /** Completes when the connection has ended. */
  Mono<Void> onClose() {
    return closed.asMono();
  }

  /** Ends the connection; waits until it is gone where a thread may wait. */
  void close() {
    link.close();
    if (!Schedulers.isInNonBlockingThread()) {
      onClose().toFuture().join(); // although closing interrupts the calls that are carried out
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
