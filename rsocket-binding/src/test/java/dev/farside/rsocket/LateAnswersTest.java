package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.CallTimeoutException;
import dev.farside.NonCancellable;
import dev.farside.Remote;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An answer that nobody waits for any more is not taken for that of the thread's next call. */
@Timeout(60)
class LateAnswersTest {
  private static final int TIMES = 5;
  private static final String LATE = "late";

  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** Answers with the words that it was asked with. */
  public interface Echo {
    String echo(String words, Runnable before) throws InterruptedException;
  }

  /** As a caller sees it that waits as long as it takes. */
  interface PatientEcho {
    String echo(String words, Runnable before);
  }

  interface HastyEcho {
    @dev.farside.Timeout(200)
    String echo(String words, Runnable before);
  }

  /** The late call is answered when it is told to, and others after an action. */
  @NonCancellable
  static final class SlowEcho implements Echo {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public String echo(String words, Runnable before) throws InterruptedException {
      if (words.equals(LATE)) {
        begun.countDown();
        goOn.await();
      } else {
        before.run();
      }
      return words;
    }
  }

  private final SlowEcho slow = new SlowEcho();

  /** Which left the late call behind. */
  private PatientEcho afterATimeout() {
    HastyEcho hasty = sides.lookup(slow, HastyEcho.class);
    do { // what has not begun in time never begins
      assertThatThrownBy(() -> hasty.echo(LATE, () -> {}))
          .isExactlyInstanceOf(CallTimeoutException.class);
    } while (slow.begun.getCount() > 0);
    return Remote.as(hasty, PatientEcho.class);
  }

  private void pending(int calls) {
    await().until(() -> sides.peer().stats().pendingCalls() == calls);
  }

  /** While another call is pending: until the late answer has come. */
  private void answerLate() {
    pending(2);
    slow.goOn.countDown();
    pending(1);
  }

  @RepeatedTest(TIMES)
  void theNextCallGetsItsOwnAnswerAlthoughTheLateOneComesBefore() {
    PatientEcho echo = afterATimeout();
    assertThat(echo.echo("own", this::answerLate)).isEqualTo("own");
    assertThat(echo.echo("next", () -> {})).isEqualTo("next");
  }

  @RepeatedTest(TIMES)
  void theNextCallsGetTheirOwnAnswersAlthoughTheLateOneComesBetweenThem() {
    PatientEcho echo = afterATimeout();
    assertThat(echo.echo("own", () -> {})).isEqualTo("own");
    assertThat(echo.echo("next", this::answerLate)).isEqualTo("next");
    assertThat(echo.echo("last", () -> {})).isEqualTo("last");
  }
}
