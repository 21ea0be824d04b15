package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.ConnectionLostException;
import io.rsocket.exceptions.ConnectionCloseException;
import io.rsocket.exceptions.ConnectionErrorException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever waits for an answer that will not come learns who ended the connection. */
class RSocketEndingTest {
  private static String message(String how) {
    return "The connection to them " + how + "; connect again and look up anew";
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(true, new ClosedChannelException(), "is lost (it has ended)"),
        Arguments.of(false, new ClosedChannelException(), "was closed by the peer"),
        Arguments.of(true, new ConnectionErrorException("Disposed"), "was closed by the peer"),
        Arguments.of(true, new ConnectionCloseException("bye"), "was closed by the peer"),
        Arguments.of(
            true,
            new ConnectionErrorException("No keep-alive acks for 30000 ms"),
            "is lost (No keep-alive acks for 30000 ms)"),
        Arguments.of(
            true,
            new IOException("Connection reset by peer"),
            "is lost (java.io.IOException: Connection reset by peer)"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void theFailureTellsHowItEnded(boolean breaks, Throwable failure, String how) {
    ConnectionLostException lost = new RSocketEnding("them", breaks).of(failure);
    assertThat(lost).hasMessage(message(how)).hasCause(failure);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void whatFollowsOurOwnClosingIsOurs(boolean breaks, Throwable failure, String how) {
    var ending = new RSocketEnding("them", breaks);
    ending.byUs();
    assertThat(ending.of(failure)).hasMessage(message("was closed by this side"));
  }

  @Test
  void everyCallerGetsAFailureOfItsOwn() {
    var ending = new RSocketEnding("them", true);
    var always = new ClosedChannelException(); // RSocket has one for all
    assertThat(ending.of(always)).isNotSameAs(ending.of(always));
  }
}
