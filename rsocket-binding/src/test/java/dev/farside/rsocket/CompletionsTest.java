package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompletionsTest {
  private final Workers workers = new Workers(() -> {});
  private final Completions completions = workers.completions();

  @AfterEach
  void close() {
    workers.close();
  }

  private CompletableFuture<Thread> thread() {
    var thread = new CompletableFuture<Thread>();
    completions.execute(() -> thread.complete(Thread.currentThread()));
    return thread;
  }

  @Test
  void whatBlocksHoldsNothingUp() throws Exception {
    var done = new CountDownLatch(1);
    var all =
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  var ended = new CompletableFuture<Boolean>();
                  completions.execute(() -> ended.complete(awaited(done)));
                  return ended;
                })
            .toList();
    assertThat(thread().get(20, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    assertThat(all).noneMatch(CompletableFuture::isDone);
    done.countDown();
    assertThat(all).allMatch(CompletableFuture::join);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void whatDoesNotBlockTakesFewThreads() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Stream.generate(this::thread).limit(10_000).map(CompletableFuture::join).forEach(threads::add);
    assertThat(threads).hasSizeLessThan(20);
  }

  @Test
  void anInterruptOfOneIsNoneOfTheNext() {
    var called = new ArrayList<Runnable>();
    var held = new Completions(called::add, () -> {});
    var interrupted = new CompletableFuture<Boolean>();
    held.execute(() -> Thread.currentThread().interrupt());
    held.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
    called.get(0).run();
    assertThat(interrupted.join()).isFalse();
  }

  @Test
  void whatComesAfterTheEndOfTheSideIsRunAllTheSame() {
    workers.close();
    assertThat(thread().join()).isNotNull();
    assertThat(workers.executor().isShutdown()).isTrue();
  }

  @Test
  void aThreadThatCannotBeStartedIsTriedAgain() {
    var failing = new AtomicBoolean(true);
    var scarce =
        new Completions(
            task -> {
              if (failing.getAndSet(false)) {
                throw new OutOfMemoryError("no thread");
              }
              task.run();
            },
            () -> {});
    var first = new CompletableFuture<String>();
    assertThatThrownBy(() -> scarce.execute(() -> first.complete("done")))
        .isExactlyInstanceOf(OutOfMemoryError.class);
    scarce.execute(() -> {});
    assertThat(first.join()).isEqualTo("done");
  }
}
