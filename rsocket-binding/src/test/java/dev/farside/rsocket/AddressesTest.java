package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ConnectionLostException;
import dev.farside.Farside;
import dev.farside.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AddressesTest {
  private final Farside side = Farside.create();

  @AfterEach
  void close() {
    side.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "http://127.0.0.1:80",
        "tcp://",
        "tcp://127.0.0.1",
        "tcp:127.0.0.1:80",
        "tcp://127.0.0.1:99999",
        "ws://127.0.0.1",
        "local://",
        "local:name",
        "://",
        "tcp://a b:1"
      })
  void whatIsNoAddressIsToldSo(String uri) {
    String message =
        "Not an address: " + uri + "; use tcp://host:port, ws://host:port/path or local://name";
    assertThatThrownBy(() -> side.connectNow(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> side.listenNow(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:0",
        "tcp://localhost:0",
        "tcp://[::1]:0",
        "tcp://0.0.0.0:0",
        "ws://127.0.0.1:0",
        "ws://127.0.0.1:0/a/b"
      })
  void port0TakesAFreePort(String uri) {
    Listener listener = side.listenNow(uri);
    String prefix = uri.substring(0, uri.indexOf(":0"));
    String suffix = uri.substring(uri.indexOf(":0") + 2);
    assertThat(listener.uri()).matches(Pattern.quote(prefix) + ":[1-9][0-9]{3,4}" + suffix);
    try (Farside other = Farside.create()) {
      assertThat(other.connectNow(listener.uri()).names()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "ws"})
  void whereNobodyListensNobodyAnswers(String scheme) throws IOException {
    int port = freePort();
    String uri = scheme + "://127.0.0.1:" + port;
    assertThatThrownBy(() -> side.connectNow(uri))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageMatching(
            "Nobody answers at "
                + uri
                + " \\(.*Connection refused: /?127.0.0.1:"
                + port
                + "\\); is the other side listening\\?");
  }

  @Test
  void nobodyAnswersToALocalNameThatNobodyTook() {
    assertThatThrownBy(() -> side.connectNow("local://nobody"))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(
            "Nobody answers at local://nobody (Could not find server: nobody); is the other side"
                + " listening?");
  }

  @Test
  void aHostThatIsUnknownIsToldSo() {
    assertThatThrownBy(() -> side.connectNow("tcp://no.such.host.invalid:1"))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageStartingWith("Nobody answers at tcp://no.such.host.invalid:1 (");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
