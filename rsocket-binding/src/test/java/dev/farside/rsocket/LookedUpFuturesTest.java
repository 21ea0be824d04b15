package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was looked up gives futures as what was passed does: it is asked once what it is. */
@Timeout(60)
public class LookedUpFuturesTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  private final ExecutorService owned = Executors.newSingleThreadExecutor();

  @AfterEach
  void shutDown() {
    owned.shutdownNow();
  }

  /** Begins something. */
  public interface Beginning {
    Future<String> begin(CountDownLatch until);
  }

  /** Does it. */
  public static class Blocking {
    public String begin(CountDownLatch until) throws InterruptedException {
      until.await();
      return "done";
    }
  }

  @Test
  void anExecutorThatIsShutDownRefuses() {
    ExecutorService pool = sides.lookup(owned, ExecutorService.class);
    owned.shutdown();
    assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatIsSubmittedFirstRunsFirst() throws Exception {
    ExecutorService pool = sides.lookup(owned, ExecutorService.class);
    for (int i = 0; i < 100; i++) {
      var ran = new ConcurrentLinkedQueue<Integer>();
      Future<?> first = pool.submit(() -> ran.add(1));
      Future<?> second = pool.submit(() -> ran.add(2));
      first.get();
      second.get();
      assertThat(ran).containsExactly(1, 2);
    }
    Future<Integer> last = pool.submit(() -> 3);
    pool.shutdown();
    assertThat(last.get()).isEqualTo(3);
  }

  @Test
  void whatItIsIsAskedOnce() throws Exception {
    ExecutorService pool = sides.lookup(owned, ExecutorService.class);
    Runnable ofFar = sides.lookup(new FutureTask<>(() -> 1), Runnable.class);
    pool.submit(ofFar).get();
    long before = sides.peer().stats().requestsSent();
    List<Future<?>> submitted = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      submitted.add(pool.submit(ofFar));
    }
    assertThat(sides.peer().stats().requestsSent() - before).isEqualTo(10);
    assertThat(submitted).doesNotContainNull();
  }

  @Test
  void soItIsWithWhatCameFromHere() {
    sides.near().bind("own", owned);
    ExecutorService handedOn = sides.peerOfFar().lookup("own", ExecutorService.class);
    ExecutorService pool = sides.lookup(handedOn, ExecutorService.class);
    owned.shutdown();
    assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aFaceOfWhatGivesNoFutureDoesNotWait() throws Exception {
    Beginning beginning = sides.lookup(new Blocking(), Beginning.class);
    var until = new CountDownLatch(1);
    Future<String> begun = beginning.begin(until);
    assertThat(begun.isDone()).isFalse();
    until.countDown();
    assertThat(begun.get()).isEqualTo("done");
  }
}
