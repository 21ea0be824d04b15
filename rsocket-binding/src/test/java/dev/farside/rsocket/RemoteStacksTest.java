package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.farside.Farside;
import dev.farside.Listener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Stack traces that span sides, and what an owner shows of them. */
@Timeout(60)
class RemoteStacksTest {
  /** Fails. */
  public interface Failing {
    void fail() throws Exception;
  }

  /** Fails later. */
  public interface FailingLater {
    Mono<Void> fail();
  }

  /** Gives away a failure. */
  public interface Failed {
    Throwable failure();
  }

  private final List<Farside> sides = new ArrayList<>();

  @AfterEach
  void close() {
    sides.forEach(Farside::close);
  }

  private <T> T lookup(Object bound, Class<T> face, Predicate<StackTraceElement> shown) {
    Farside owner = Farside.builder().bind("object", bound).showFrames(shown).build();
    Farside caller = Farside.create();
    sides.addAll(List.of(owner, caller));
    Listener listener = owner.listenNow("local://" + UUID.randomUUID());
    return caller.connectNow(listener.uri()).lookup("object", face);
  }

  private static void deepInside() throws IOException {
    throw new IOException("outer", new IllegalStateException("inner"));
  }

  private static List<String> lines(Throwable throwable) {
    return Arrays.stream(throwable.getStackTrace()).map(StackTraceElement::toString).toList();
  }

  private static List<String> boundaries(Throwable throwable) {
    return lines(throwable).stream().filter(line -> line.startsWith("farside.remote")).toList();
  }

  @Test
  void eachOfThreeHopsIsABoundary() {
    Failing near = (Failing) RemoteStacksTest::deepInside;
    for (int i = 0; i < 3; i++) {
      near = lookup(near, Failing.class, frame -> true);
    }
    Throwable caught = catchThrowable(near::fail);
    List<String> lines = lines(caught);
    assertThat(caught).isExactlyInstanceOf(IOException.class).hasMessage("outer");
    assertThat(boundaries(caught))
        .hasSize(3)
        .allMatch(line -> line.startsWith("farside.remote call(Failing.fail() on local://"));
    assertThat(lines.get(0)).contains("RemoteStacksTest.deepInside");
    assertThat(lines.subList(lines.lastIndexOf(boundaries(caught).get(2)), lines.size()))
        .anyMatch(line -> line.contains("eachOfThreeHopsIsABoundary"));
  }

  @Test
  void anExceptionThatIsThrownAgainThroughThreeHopsComesHomeAsItself() {
    var own = new IllegalStateException("own");
    StackTraceElement[] stack = own.getStackTrace();
    Runs near = Runnable::run;
    for (int i = 0; i < 3; i++) {
      near = lookup(near, Runs.class, frame -> true);
    }
    Runs last = near;
    assertThatThrownBy(
            () ->
                last.run(
                    () -> {
                      throw own;
                    }))
        .isSameAs(own);
    assertThat(own.getStackTrace()).isEqualTo(stack);
  }

  /** Runs. */
  public interface Runs {
    void run(Runnable task);
  }

  @Test
  void anOwnerThatShowsNoFramesSendsALineInTheirPlace() {
    Failing failing = lookup((Failing) RemoteStacksTest::deepInside, Failing.class, f -> false);
    Throwable caught = catchThrowable(failing::fail);
    List<String> lines = lines(caught);
    assertThat(caught).hasMessage("outer").hasCauseInstanceOf(IllegalStateException.class);
    assertThat(lines.get(0)).matches("farside\\.hidden\\(\\d+ frames\\)");
    assertThat(lines.get(1)).startsWith("farside.remote call(Failing.fail() on local://");
    assertThat(lines.get(2)).doesNotContain("deepInside");
    assertThat(lines).anyMatch(line -> line.contains("RemoteStacksTest.anOwnerThatShows"));
    assertThat(lines(caught.getCause()))
        .singleElement()
        .asString()
        .matches("farside\\.hidden\\(\\d+ frames\\)");
  }

  @Test
  void anOwnerShowsTheFramesThatItChooses() {
    Failing failing =
        lookup(
            (Failing) RemoteStacksTest::deepInside,
            Failing.class,
            frame -> frame.getMethodName().equals("deepInside"));
    List<String> lines = lines(catchThrowable(failing::fail));
    assertThat(lines.get(0)).contains("deepInside");
    assertThat(lines.get(1)).matches("farside\\.hidden\\(\\d+ frames\\)");
    assertThat(lines.get(2)).startsWith("farside.remote call(");
  }

  @Test
  void whatIsHiddenIsHiddenInValuesAndReactiveFailuresToo() {
    Failed failed = lookup((Failed) () -> new IOException("value"), Failed.class, f -> false);
    assertThat(lines(failed.failure()))
        .singleElement()
        .asString()
        .matches("farside\\.hidden\\(\\d+ frames\\)");
    FailingLater later =
        lookup((Failing) RemoteStacksTest::deepInside, FailingLater.class, f -> false);
    assertThat(lines(catchThrowable(() -> later.fail().block())))
        .noneMatch(line -> line.contains("deepInside"));
  }

  @Test
  void aSideInTheMiddleHidesWhatItGotFromItsOwnPeer() {
    Failing far = lookup((Failing) RemoteStacksTest::deepInside, Failing.class, f -> true);
    Failing near = lookup(far, Failing.class, f -> false);
    Throwable caught = catchThrowable(near::fail);
    assertThat(boundaries(caught)).hasSize(1);
    assertThat(lines(caught)).noneMatch(line -> line.contains("deepInside"));
    assertThat(lines(catchThrowable(far::fail))).anyMatch(line -> line.contains("deepInside"));
  }

  @Test
  void theStackOfAnExceptionThatComesTwiceIsThatOfTheFirstTime() {
    var kept = new IOException("kept");
    Failing failing =
        lookup(
            (Failing)
                () -> {
                  throw kept;
                },
            Failing.class,
            f -> true);
    Throwable first = catchThrowable(failing::fail);
    List<String> lines = lines(first);
    assertThat(catchThrowable(failing::fail)).isSameAs(first);
    assertThat(lines(first)).isEqualTo(lines);
    assertThat(boundaries(first)).hasSize(1);
  }

  @Test
  void showFramesIsSetOnce() {
    Farside.Builder builder = Farside.builder().showFrames(f -> true);
    assertThatThrownBy(() -> builder.showFrames(f -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("showFrames was set already");
  }
}
