package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** Futures. */
public class FuturesTest {
  /** What lives elsewhere. */
  public static class Futures {
    private final CompletableFuture<String> future = new CompletableFuture<>();

    /** Not complete yet. */
    public CompletableFuture<String> future() {
      return future;
    }

    /** The same as a stage. */
    public CompletionStage<String> stage() {
      return future;
    }

    /** Completes it. */
    public void complete(String value) {
      future.complete(value);
    }

    /** Fails it. */
    public void fail(Exception e) {
      future.completeExceptionally(e);
    }

    /** Complete. */
    public CompletableFuture<Integer> completed() {
      return CompletableFuture.completedFuture(1);
    }

    /** Fails by what its task throws. */
    public CompletableFuture<String> failing() {
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException("boom");
          });
    }

    /** Waits for a future of the caller. */
    public String await(CompletableFuture<String> theirs) throws Exception {
      return theirs.get();
    }

    /** Waits for what a function of the caller makes of a future of the caller. */
    public String awaitThen(CompletableFuture<String> theirs, Function<String, String> then)
        throws Exception {
      return theirs.thenApply(then).get(20, TimeUnit.SECONDS);
    }

    /** What needs no waiting. */
    public String now(String value) {
      return value;
    }

    /** A future in a list. */
    public List<CompletableFuture<String>> inAList() {
      return new ArrayList<>(List.of(future));
    }

    /** Runs when it is run. */
    public FutureTask<String> task(Callable<String> callable) {
      return new FutureTask<>(callable);
    }
  }

  @Conformance
  void aFutureCompletesWhenItsOwnerSaysSo(Futures futures) throws Exception {
    CompletableFuture<String> future = futures.future();
    assertThat(future.isDone()).isFalse();
    assertThat(future.getNow("not yet")).isEqualTo("not yet");
    CompletableFuture<Integer> length = future.thenApply(String::length);
    futures.complete("four");
    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("four");
    assertThat(length.get(20, TimeUnit.SECONDS)).isEqualTo(4);
  }

  @Conformance
  void whatFailsAFutureIsItsCause(Futures futures) {
    CompletableFuture<String> future = futures.future();
    CompletableFuture<String> handled = future.exceptionally(e -> "handled " + e.getMessage());
    futures.fail(new IllegalStateException("no"));
    assertThatThrownBy(future::get)
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no");
    assertThatThrownBy(future::join).isExactlyInstanceOf(CompletionException.class);
    assertThat(handled.join()).isEqualTo("handled no");
    assertThat(future.isCompletedExceptionally()).isTrue();
  }

  @Conformance
  void whatATaskOfAFutureThrowsIsWrapped(Futures futures) {
    assertThat(futures.failing().exceptionally(e -> e.getClass() + " " + e.getMessage()).join())
        .isEqualTo(CompletionException.class + " java.lang.IllegalStateException: boom");
    assertThat(futures.failing().exceptionally(e -> e.getCause().getMessage()).join())
        .isEqualTo("boom");
    assertThatThrownBy(futures.failing()::join)
        .isExactlyInstanceOf(CompletionException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
    assertThatThrownBy(futures.failing()::get)
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
  }

  @Conformance
  void futuresOfBothSidesAreCombined(Futures futures) {
    CompletableFuture<String> own = new CompletableFuture<>();
    CompletableFuture<String> both = futures.future().thenCombine(own, String::concat);
    own.complete("b");
    futures.complete("a");
    assertThat(both.join()).isEqualTo("ab");
    assertThat(CompletableFuture.allOf(both, futures.future()).thenApply(v -> 1).join())
        .isEqualTo(1);
    assertThat(futures.completed().thenCompose(i -> futures.future()).join()).isEqualTo("a");
  }

  @Conformance
  void aStageIsFollowed(Futures futures) {
    var heard = new AtomicReference<String>();
    futures.stage().thenAccept(heard::set);
    futures.complete("x");
    Awaitility.await().until(() -> "x".equals(heard.get()));
    assertThat(futures.stage().toCompletableFuture().join()).isEqualTo("x");
  }

  @Conformance
  void aCancelledFutureThrows(Futures futures) {
    CompletableFuture<String> future = futures.future();
    assertThat(future.cancel(true)).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
  }

  @Conformance
  void aFutureOfTheCallerIsAwaitedThere(Futures futures) throws Exception {
    assertThat(futures.await(CompletableFuture.completedFuture("now"))).isEqualTo("now");
    var later = new CompletableFuture<String>();
    var thread = new Thread(() -> later.complete("later"));
    thread.start();
    assertThat(futures.await(later)).isEqualTo("later");
    thread.join();
  }

  @Conformance
  void whatDependsOnAFutureMayWait(Futures futures) throws Exception {
    CompletableFuture<String> future = futures.future();
    CompletableFuture<String> dependent =
        future.thenApply(a -> a + futures.completed().join() + futures.now("c"));
    futures.complete("a");
    assertThat(dependent.get(20, TimeUnit.SECONDS)).isEqualTo("a1c");
    assertThat(futures.now("d")).isEqualTo("d");
  }

  @Conformance
  void whatDependsOnAStageOrAFutureInAListMayWait(Futures futures) throws Exception {
    CompletionStage<String> ofStage = futures.stage().thenApply(a -> a + futures.now("b"));
    CompletableFuture<String> ofListed =
        futures.inAList().get(0).thenApply(a -> a + futures.completed().join());
    futures.complete("a");
    assertThat(ofStage.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo("ab");
    assertThat(ofListed.get(20, TimeUnit.SECONDS)).isEqualTo("a1");
  }

  @Conformance
  void whatDependsOnAFutureOfTheCallerMayCallBack(Futures futures) throws Exception {
    var later = new CompletableFuture<String>();
    var thread = new Thread(() -> later.complete("later"));
    thread.start();
    assertThat(futures.awaitThen(later, value -> value + "!")).isEqualTo("later!");
    thread.join();
  }

  @Conformance
  void aFutureAmongOtherThingsCompletes(Futures futures) {
    CompletableFuture<String> future = futures.inAList().get(0);
    futures.complete("x");
    assertThat(future.join()).isEqualTo("x");
  }

  @Conformance
  void aTaskIsRunAndItsResultKept(Futures futures) throws Exception {
    FutureTask<String> task = futures.task(() -> "ran");
    assertThat(task.isDone()).isFalse();
    task.run();
    assertThat(task.get()).isEqualTo("ran");
    assertThat(task.isDone()).isTrue();
  }
}
