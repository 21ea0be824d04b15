package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.ConnectionLostException;
import dev.farside.FarsideException;
import dev.farside.LimitExceededException;
import dev.farside.NoSuchNameException;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotAllowedException;
import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import dev.farside.StaleReferenceException;
import io.rsocket.RSocketErrorException;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.CustomRSocketException;
import io.rsocket.exceptions.RejectedSetupException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of the framework travel as a code and a text, and arrive as they left. */
class RSocketFailuresTest {
  private static final RSocketEnding ENDING = new RSocketEnding("them", true);

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(0x301, new NotAllowedException("text")),
        Arguments.of(0x302, new NoSuchNameException("text")),
        Arguments.of(0x303, new NoSuchRemoteMethodException("text")),
        Arguments.of(0x304, new StaleReferenceException("text")),
        Arguments.of(0x305, new NotPassableException("text")),
        Arguments.of(0x306, new LimitExceededException("text")),
        Arguments.of(0x307, new ProtocolException("text")),
        Arguments.of(0x308, new CallTimeoutException("text")),
        Arguments.of(0x309, new CallCancelledException("text")),
        Arguments.of(0x30a, new ConnectionLostException("text")),
        Arguments.of(0x30b, new BlockingNotAllowedException("text")));
  }

  private static RSocketErrorException sent(Throwable failure) {
    return (RSocketErrorException) RSocketFailures.toPeer(failure);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureOfTheFrameworkArrivesAsItsOwnClass(int code, FarsideException failure) {
    RSocketErrorException sent = sent(failure);
    assertThat(sent.errorCode()).isEqualTo(code);
    assertThat(RSocketFailures.fromPeer(sent, ENDING))
        .isExactlyInstanceOf(failure.getClass())
        .isNotSameAs(failure)
        .hasMessage("text");
  }

  @Test
  void everyFailureOfTheFrameworkHasACode() {
    assertThat(failures().<Object>map(f -> f.get()[1].getClass()))
        .containsExactlyInAnyOrder((Object[]) FarsideException.class.getPermittedSubclasses());
  }

  @Test
  void anyOtherFailureInsideThePeerIsToldAsOne() {
    RSocketErrorException sent = sent(new IllegalStateException("oops"));
    assertThat(sent.errorCode()).isEqualTo(0x30c);
    assertThat(RSocketFailures.fromPeer(sent, ENDING))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("The peer failed internally: java.lang.IllegalStateException: oops");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x300 + 13, 0x400, Integer.MAX_VALUE})
  void aCodeOfALaterReleaseEndsTheCall(int code) {
    assertThat(RSocketFailures.fromPeer(new CustomRSocketException(code, "new"), ENDING))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("The peer failed in a way that is unknown here: new");
  }

  @Test
  void aFailureOfOurOwnPassesUnchanged() {
    var own = new CallTimeoutException("ours");
    assertThat(RSocketFailures.fromPeer(own, ENDING)).isSameAs(own);
  }

  @Test
  void anErrorOfTheApplicationsProtocolIsNotOurs() {
    FarsideException arrived =
        RSocketFailures.fromPeer(new ApplicationErrorException("theirs"), ENDING);
    assertThat(arrived)
        .isInstanceOf(ProtocolException.class)
        .hasMessage("The peer failed in a way that is unknown here: theirs");
    assertThat(RSocketFailures.notConnected("tcp://x:1", true, arrived))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("tcp://x:1 did not answer our greeting (theirs); is it a Farside listener?");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 61_440, 61_441, 1_000_000})
  void aTextIsCutWhereAFrameWouldBecomeTooLarge(int length) {
    String text = "x".repeat(length);
    String arrived =
        RSocketFailures.fromPeer(sent(new ProtocolException(text)), ENDING).getMessage();
    assertThat(arrived).isEqualTo(length <= 61_440 ? text : "x".repeat(61_440) + "…");
  }

  @Test
  void aTextOfLongCharactersIsCutByItsBytes() {
    String arrived =
        RSocketFailures.fromPeer(sent(new ProtocolException("€".repeat(50_000))), ENDING)
            .getMessage();
    assertThat(arrived.getBytes(StandardCharsets.UTF_8).length).isBetween(61_400, 61_460);
    assertThat(arrived).startsWith("€€€").endsWith("…");
  }

  @Test
  void nobodyIsThereIfNobodyAcceptedTheConnection() {
    assertThat(
            RSocketFailures.notConnected(
                "tcp://x:1", false, new ConnectException("Connection refused")))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(
            "Nobody answers at tcp://x:1 (Connection refused); is the other side listening?");
    assertThat(RSocketFailures.notConnected("tcp://x:1", false, new TimeoutException("1 ms")))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(
            "Nobody answers at tcp://x:1 (nothing came within ten seconds); is the other side"
                + " listening?");
  }

  @Test
  void somebodyElseIsThereIfTheConnectionWasAccepted() {
    String start = "tcp://x:1 did not answer our greeting (";
    String end = "); is it a Farside listener?";
    for (Throwable failure :
        new Throwable[] {new IOException("reset"), ENDING.of(new IOException("reset"))}) {
      assertThat(RSocketFailures.notConnected("tcp://x:1", true, failure))
          .isInstanceOf(ProtocolException.class)
          .hasMessage(start + "it closed the connection" + end);
    }
    assertThat(RSocketFailures.notConnected("tcp://x:1", true, new TimeoutException("1 ms")))
        .hasMessage(start + "nothing came within ten seconds" + end);
    assertThat(
            RSocketFailures.notConnected(
                "tcp://x:1", true, ENDING.of(new RejectedSetupException("members only"))))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("tcp://x:1 refused our greeting: members only");
  }

  @Test
  void whatTheGreetingSaysIsSaidAsItIs() {
    var version = new ProtocolException("another version");
    assertThat(RSocketFailures.notConnected("tcp://x:1", true, version)).isSameAs(version);
    assertThat(RSocketFailures.notConnected("tcp://x:1", false, version)).isSameAs(version);
  }
}
