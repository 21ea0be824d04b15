package dev.farside.rsocket;

import dev.farside.FarsideException;
import dev.farside.LimitExceededException;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Chain;
import dev.farside.codec.Message;
import dev.farside.codec.MethodKey;
import dev.farside.codec.PassMode;
import dev.farside.codec.Target;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One call that came in: finds the method, decodes the arguments, invokes. Its result goes where
 * the {@link Dispatcher} sends it.
 */
final class IncomingCall {
  /** A framework failure before user code ran; not to be taken for the application's own. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final FarsideException why;

    Refused(FarsideException why) {
      super(null, why, false, false);
      this.why = why;
    }

    FarsideException why() {
      return why;
    }
  }

  /** What becomes of a result. */
  @FunctionalInterface
  interface Taker {
    /** Gives what is to be returned later, when the call does not run any more. */
    @Nullable Object take(@Nullable Object result);
  }

  private static final Object CLASS_ITSELF = new Object();

  private final Session session;
  private final Incoming incoming;
  private final Message.Call call;
  private final Object target;
  private final ExportedType type;
  private final @Nullable ExportedMethod method;
  private final RunningCall running = new RunningCall();
  private final CallContext context;
  private final Passage passage;
  private final IncomingArguments arguments;
  private @Nullable CallContext before;
  private Scope scope = Scope.NONE;
  private boolean entered;
  private volatile @Nullable ChainTask inChain;
  private @Nullable ExportedMethod chosen;

  /** Finds target and method; fails if there are none. */
  IncomingCall(Session session, Incoming incoming, Message.Call call) {
    this.session = session;
    this.incoming = incoming;
    this.call = call;
    if (call.target() instanceof Target.Statics statics) {
      this.target = CLASS_ITSELF;
      this.type = ExportedType.ofStatics(imported(session.side(), statics.className()));
    } else {
      this.target = session.object(call.target());
      this.type = ExportedType.of(target, session.side().settings().exposure());
    }
    this.passage =
        type.isSerial()
            ? Passage.ofSerial(session.side().serial(), target)
            : Passage.ofReference(session.lanes(), call.target());
    this.context =
        new CallContext(
            session,
            call.id(),
            new AtomicReference<>(TimeLimit.ofMillis(call.remainingMillis())),
            call.chain(),
            nesting(session, call),
            passage,
            session.side().settings().propagation().accept(call.baggage()));
    this.method = call.method() instanceof MethodKey.Hash hash ? type.method(hash.value()) : null;
    this.arguments =
        new IncomingArguments(
            session, incoming, call, method == null ? new Class<?>[0] : method.parameterTypes());
  }

  private static Nesting nesting(Session session, Message.Call call) {
    return call.during() == Message.Call.ELSEWHERE
        ? Nesting.elsewhere(call.chain())
        : Nesting.in(call.chain(), session.waits().of(call.during()));
  }

  private static Class<?> imported(Side side, String name) {
    return side.settings().imports().require(name, side.typeNames());
  }

  long id() {
    return call.id();
  }

  /** The call of ours that is not to complete before this one is carried out; 0 for none. */
  long during() {
    return call.during();
  }

  CallOptions options() {
    return call.options();
  }

  RunningCall running() {
    return running;
  }

  boolean copiesCollections() {
    return call.options().has(CallOptions.COPY_COLLECTIONS);
  }

  /**
   * Whether a result of the invoked implementation is to be waited for: it comes later, the
   * implementation declares so, and the caller wants what comes.
   */
  boolean comesLater(@Nullable Object result) {
    @Nullable ExportedMethod invoked = chosen;
    return invoked != null
        && invoked.promisesLater()
        && !call.options().has(CallOptions.FUTURE_ITSELF)
        && Results.isLater(result);
  }

  /** Whether null is no result, but that what the implementation declares is missing. */
  boolean isMissing() {
    @Nullable ExportedMethod invoked = chosen;
    return invoked != null && invoked.givesSource();
  }

  /** What the Reactor context of its result tells. */
  CallContext context() {
    return context;
  }

  /**
   * Has a task run, once no earlier call is in its way, where the implementation may run: in its
   * chain, on a worker, or where reactive methods run. {@link #ended} is to be called, whatever
   * happens.
   *
   * @param oneWay whether later calls of the same reference wait for this one
   * @param refused told if it cannot be run
   */
  void execute(Runnable task, boolean oneWay, Consumer<FarsideException> refused) {
    @Nullable Chain chain = call.chain();
    boolean reactive = isReactive();
    passage.begin(
        context.nesting(),
        !reactive,
        oneWay,
        chain != null && isWaitedFor(chain),
        reactive ? session.reactive()::executeLater : null,
        () -> startOrRefuse(task, refused));
  }

  /** Whether a thread of this side waits for it, and perhaps holds what other calls need. */
  private boolean isWaitedFor(Chain chain) {
    return session.side().threads().isWaitedIn(chain) || session.readers().areOf(call.during());
  }

  private void startOrRefuse(Runnable task, Consumer<FarsideException> refused) {
    try {
      start(task);
    } catch (RuntimeException | Error e) {
      passage.returned();
      refused.accept(
          session.isOpen()
              ? new LimitExceededException(
                  "No thread takes the call, where it is to be carried out: " + e)
              : session.lost("its end came first"));
    }
  }

  private boolean isReactive() {
    return method != null && method.isReactive();
  }

  private void start(Runnable task) {
    @Nullable Chain chain = call.chain();
    if (isReactive()) {
      session.reactive().execute(task);
    } else if (chain != null) {
      TimeLimit limit = context.limit();
      if (!session.readers().offer(call.during(), chain, task, limit)) {
        session.side().threads().execute(chain, session, task, limit);
      }
    } else {
      session.side().workers().executor().execute(task);
    }
  }

  /** The caller now reads the elements of what the method gave. */
  void opened() {
    passage.opened();
  }

  /** The answer is on its way, or there will be none. */
  void ended() {
    endInChain();
    passage.answered();
  }

  private void beginInChain() {
    @Nullable ChainTask task = inChain;
    if (task != null) {
      task.begin();
    }
  }

  /** Its caller may call again in the same chain. */
  private void endInChain() {
    @Nullable ChainTask task = inChain;
    if (task != null) {
      task.returned();
    }
  }

  /**
   * Decodes the arguments and invokes the method, with the peer as the current one.
   *
   * @param input the frames of the publisher argument, if there is one
   * @param taker gets the result while the call still runs
   * @throws Refused if the method could not be invoked
   * @throws Throwable whatever the method throws
   */
  @Nullable Object invoke(@Nullable Flux<Frame> input, Taker taker) throws Throwable {
    try {
      Overloads.Choice choice = begin(input);
      @Nullable Object result = choice.method().invoke(target, choice.arguments());
      HeldLocks.called(target, choice.method(), result, running, context);
      return taker.take(result);
    } finally {
      end();
    }
  }

  /** All that has come and gone before the method is invoked: it takes no room on its stack. */
  private Overloads.Choice begin(@Nullable Flux<Frame> input) throws Refused {
    before = CallContext.enter(context);
    entered = true;
    context.nesting().runsAbove(before == null ? null : before.nesting());
    Overloads.Choice choice = prepare(input);
    if (call.chain() != null && !isReactive()) {
      boolean shielded = !choice.method().isCancellable() && !choice.method().isUnlock();
      isIn(session.side().threads().current().task(shielded));
    }
    if (!running.enter() && !choice.method().isUnlock()) {
      throw new Refused(Session.cancelled());
    }
    beginInChain();
    if (!passage.isFree() && !isReactive()) {
      passage.runsIn(session.side().threads().current().chain());
    }
    openScope();
    return choice;
  }

  private void isIn(@Nullable ChainTask task) {
    inChain = task;
    if (task != null) {
      running.onUnwanted(task::unwanted);
    }
  }

  private void openScope() throws Refused {
    try {
      scope = context.open();
    } catch (FarsideException e) {
      throw new Refused(e);
    }
  }

  private void end() {
    try {
      scope.close();
    } finally {
      running.leave();
      endInChain();
      if (entered) {
        CallContext.leave(before);
      }
      passage.returned();
    }
  }

  /** What the result and the changed arrays are to be written with. */
  ChangedArrays arrays() {
    return arguments.arrays();
  }

  PassMode resultMode() {
    if (call.options().has(CallOptions.RESULT_BY_VALUE)) {
      return PassMode.BY_VALUE;
    }
    if (call.options().has(CallOptions.RESULT_BY_REFERENCE)) {
      return PassMode.BY_REFERENCE;
    }
    @Nullable ExportedMethod invoked = chosen;
    return invoked == null ? PassMode.BY_CLASS : invoked.resultMode();
  }

  private Overloads.Choice prepare(@Nullable Flux<Frame> input) throws Refused {
    try (incoming) {
      @Nullable Object[] given = arguments.decode(input);
      Overloads.Choice choice =
          method == null
              ? Overloads.choose(type, ((MethodKey.Name) call.method()).value(), given)
              : Overloads.Choice.of(method, given);
      IncomingArguments.convert(choice);
      choice.method().checkReceiver(session.side().passingRules(), choice.arguments());
      chosen = choice.method();
      if (!choice.method().isCancellable() || choice.method().isUnlock()) {
        running.shield();
      }
      return choice;
    } catch (FarsideException e) {
      throw new Refused(e);
    }
  }
}
