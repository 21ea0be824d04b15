package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recursion to and fro is bounded by the stacks of two threads, not by the size of a pool. */
@Timeout(120)
public class RecursionAcrossJvmsTest {
  private static final int DEPTH = 1_000;

  /** Calls its other half until the depth is reached. */
  public interface Half {
    /** Gives how many calls were nested. */
    int descend(int depth, Half other);
  }

  /** The half of either JVM. */
  static final class PlainHalf implements Half {
    private final ThreadLocal<AtomicInteger> level = ThreadLocal.withInitial(AtomicInteger::new);
    private final AtomicInteger deepest = new AtomicInteger();

    @Override
    public int descend(int depth, Half other) {
      int now = level.get().incrementAndGet();
      deepest.accumulateAndGet(now, Math::max);
      try {
        return depth == 0 ? 0 : 1 + other.descend(depth - 1, this);
      } finally {
        level.get().decrementAndGet();
      }
    }
  }

  /** The other JVM. */
  static final class Main {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(Farside.builder().bind("half", new PlainHalf()));
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);

  /** On a thread with the stack that threads have. */
  private static CompletableFuture<Integer> descend(Half far, int depth, PlainHalf near) {
    return on(0, result -> result.complete(far.descend(depth, near)));
  }

  private static CompletableFuture<Integer> on(
      long stackSize, Consumer<CompletableFuture<Integer>> action) {
    var result = new CompletableFuture<Integer>();
    Runnable run =
        () -> {
          try {
            action.accept(result);
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    new Thread(null, run, "caller", stackSize).start();
    return result.orTimeout(100, TimeUnit.SECONDS);
  }

  @Test
  void callsNestAThousandTimesInEitherJvm() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    assertThat(descend(far, 2 * DEPTH, near).join()).isEqualTo(2 * DEPTH);
    assertThat(near.deepest).hasValue(DEPTH);
  }

  @Test
  void thirtyTwoChainsNestAThousandCallsAtOnce() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    List<CompletableFuture<Integer>> chains = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      chains.add(descend(far, DEPTH, near));
    }
    assertThat(chains).allSatisfy(chain -> assertThat(chain.join()).isEqualTo(DEPTH));
    assertThat(near.deepest).hasValue(DEPTH / 2);
  }

  @Test
  void recursionWithoutEndOverflowsTheStackAndNothingElse() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(descend(far, Integer.MAX_VALUE, near)::join)
          .hasCauseExactlyInstanceOf(StackOverflowError.class);
      assertThat(far.descend(2, near)).isEqualTo(2);
    }
    System.out.println("deepest " + near.deepest);
  }

  @Test
  void theOtherJvmsStackMayBeTheOneThatOverflows() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    CompletableFuture<Integer> deep =
        on(64 << 20, result -> result.complete(far.descend(Integer.MAX_VALUE, near)));
    assertThatThrownBy(deep::join).hasCauseExactlyInstanceOf(StackOverflowError.class);
    assertThat(far.descend(2, near)).isEqualTo(2);
    System.out.println("deepest with larger near stack " + near.deepest);
  }
}
