package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.OneWay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Recursion to and fro is bounded by the stacks of two threads, not by the size of a pool. */
@Timeout(120)
public class RecursionAcrossJvmsTest {
  private static final int DEPTH = 1_000;

  private static final int CHAINS = 32;

  /** The usual size up to Java 17; invoking a method by reflection takes more on newer ones. */
  private static final long STACK_BYTES = Runtime.version().feature() < 18 ? 0 : 2 << 20;

  /** Soon full, although each step leaves a trace for those who look for leaks. */
  private static final long SMALL_STACK_BYTES = 192 << 10;

  /** Calls its other half until the depth is reached. */
  public interface Half {
    /** Gives how many calls were nested. */
    int descend(int depth, Half other);

    /** The same, but at the end calls itself without end. */
    int fall(int depth, Half other);

    void note(int depth);

    int count(int depth);
  }

  /** The same, for callers that do not wait. */
  public interface AsyncHalf {
    CompletableFuture<Integer> descend(int depth, Half other);

    @OneWay
    void note(int depth);

    Mono<Integer> count(int depth);
  }

  /** The half of either JVM. */
  static class PlainHalf implements Half {
    private final ThreadLocal<AtomicInteger> level = ThreadLocal.withInitial(AtomicInteger::new);
    private final AtomicInteger deepest = new AtomicInteger();

    @Override
    public int descend(int depth, Half other) {
      int now = level.get().incrementAndGet();
      deepest.accumulateAndGet(now, Math::max);
      try {
        return depth == 0 ? bottom() : 1 + other.descend(depth - 1, this);
      } finally {
        level.get().decrementAndGet();
      }
    }

    int bottom() {
      return 0;
    }

    @Override
    public int fall(int depth, Half other) {
      return 1 + (depth == 0 ? fall(0, other) : other.fall(depth - 1, this));
    }

    @Override
    public int count(int depth) {
      return depth;
    }

    @Override
    public void note(int depth) {
      deepest.accumulateAndGet(depth, Math::max);
    }
  }

  /** No chain gets past its bottom unless all have reached theirs, and are there still. */
  static final class MeetingHalf extends PlainHalf {
    private final CyclicBarrier all = new CyclicBarrier(CHAINS);

    @Override
    int bottom() {
      try {
        all.await(60, TimeUnit.SECONDS);
        return 0;
      } catch (Exception e) {
        throw new IllegalStateException("Not all chains have come", e);
      }
    }
  }

  /** The other JVM. */
  static final class Main {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(
          Farside.builder().bind("half", new PlainHalf()).bind("meeting", new MeetingHalf()));
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class);

  /** On a thread with a stack of this size; 0 for the size that threads have. */
  private static CompletableFuture<Integer> onStack(long stackBytes, Supplier<Integer> action) {
    var result = new CompletableFuture<Integer>();
    Runnable run =
        () -> {
          try {
            result.complete(action.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    new Thread(null, run, "caller", stackBytes).start();
    return result.orTimeout(100, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Integer> descend(
      long stackBytes, Half far, int depth, PlainHalf near) {
    return onStack(stackBytes, () -> far.descend(depth, near));
  }

  @Test
  void aThousandCallsNestOnTheUsualStackUpToJava17AndOnTwoMebibytesLater() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    assertThat(descend(STACK_BYTES, far, DEPTH, near).join()).isEqualTo(DEPTH);
    assertThat(near.deepest).hasValue(DEPTH / 2);
  }

  @Test
  void thirtyTwoChainsNestAThousandCallsAtTheSameTime() {
    var near = new PlainHalf();
    Half far = jvms.lookup("meeting", Half.class);
    List<CompletableFuture<Integer>> chains = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      chains.add(descend(STACK_BYTES, far, DEPTH, near));
    }
    assertThat(chains).allSatisfy(chain -> assertThat(chain.join()).isEqualTo(DEPTH));
    assertThat(near.deepest).hasValue(DEPTH / 2);
  }

  @Test
  void onALargerStackCallsNestDeeperInBothJvms() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    assertThat(descend(8 << 20, far, 4 * DEPTH, near).join()).isEqualTo(4 * DEPTH);
    assertThat(near.deepest).hasValue(2 * DEPTH);
  }

  @Test
  void recursionWithoutEndOverflowsTheStackOfTheCallerAndNothingElse() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(descend(0, far, Integer.MAX_VALUE, near)::join)
          .hasCauseExactlyInstanceOf(StackOverflowError.class);
      assertThat(far.descend(DEPTH / 10, near)).isEqualTo(DEPTH / 10);
    }
  }

  /** A recursion of this JVM that calls the other one at each step, in one of these ways. */
  enum Step {
    BLOCKING {
      @Override
      void call(Half far, AsyncHalf async, PlainHalf near) {
        assertThat(far.descend(0, near)).isZero();
      }
    },
    FUTURE {
      @Override
      void call(Half far, AsyncHalf async, PlainHalf near) {
        assertThat(async.descend(0, near)).isNotNull();
      }
    },
    MONO {
      @Override
      void call(Half far, AsyncHalf async, PlainHalf near) {
        async.count(0).subscribe();
      }
    },
    ONE_WAY {
      @Override
      void call(Half far, AsyncHalf async, PlainHalf near) {
        async.note(0);
      }
    };

    abstract void call(Half far, AsyncHalf async, PlainHalf near);

    final int down(int steps, Half far, AsyncHalf async, PlainHalf near) {
      call(far, async, near);
      return steps == 0 ? 0 : 1 + down(steps - 1, far, async, near);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void recursionHereThatCallsAtEachStepOverflowsTheStackAndNothingElse(Step step) {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    AsyncHalf async = jvms.lookup("half", AsyncHalf.class);
    Supplier<Integer> recursion = () -> step.down(Integer.MAX_VALUE, far, async, near);
    assertThatThrownBy(onStack(SMALL_STACK_BYTES, recursion)::join)
        .hasCauseExactlyInstanceOf(StackOverflowError.class);
    assertThat(far.descend(DEPTH / 10, near)).isEqualTo(DEPTH / 10);
  }

  @Test
  void recursionWithoutEndInEitherJvmReachesTheCallerAndNothingElse() {
    var near = new PlainHalf();
    Half far = jvms.lookup("half", Half.class);
    for (int depth = 0; depth < 2; depth++) {
      int atTheEnd = DEPTH / 10 + depth;
      assertThatThrownBy(() -> far.fall(atTheEnd, near))
          .isExactlyInstanceOf(StackOverflowError.class);
      assertThat(far.descend(DEPTH / 10, near)).isEqualTo(DEPTH / 10);
    }
  }
}
