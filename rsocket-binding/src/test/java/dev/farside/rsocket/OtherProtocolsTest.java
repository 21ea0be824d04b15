package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.ProtocolException;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.exceptions.RejectedSetupException;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.DefaultPayload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * Whoever accepts the connection and does not speak our protocol is told from nobody being there.
 */
@Timeout(60)
class OtherProtocolsTest {
  private static final String BAD_REQUEST =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final Farside near = Farside.create();

  @AfterEach
  void close() {
    near.close();
  }

  private void assertNoListener(String uri, String message) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> near.connectNow(uri))
          .isInstanceOf(ProtocolException.class)
          .hasMessage(uri + message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, it closed the connection",
    "ws, Connection prematurely closed BEFORE opening handshake is complete."
  })
  void aServerThatClosesAtOnceIsNoListener(String scheme, String why) throws IOException {
    try (ScriptedServer server = ScriptedServer.running(ScriptedServer.saying(""))) {
      assertNoListener(
          server.uri(scheme),
          " did not answer our greeting (" + why + "); is it a Farside listener?");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "ws"})
  void aServerThatResetsTheConnectionIsNoListener(String scheme) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.running(
            accepted -> {
              accepted.setSoLinger(true, 0);
              assertThat(accepted.getInputStream().read()).isNotNegative();
            })) {
      assertNoListener(
          server.uri(scheme),
          " did not answer our greeting (it closed the connection); is it a Farside listener?");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, it closed the connection",
    "ws, Invalid handshake response getStatus: 400 Bad Request"
  })
  void anHttpServerIsNoListener(String scheme, String why) throws IOException {
    try (ScriptedServer server = ScriptedServer.running(ScriptedServer.saying(BAD_REQUEST))) {
      assertNoListener(
          server.uri(scheme),
          " did not answer our greeting (" + why + "); is it a Farside listener?");
    }
  }

  @Test
  void aServerThatGreetsFirstIsNoListener() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.running(ScriptedServer.saying("SSH-2.0-OpenSSH_9.6\r\n"))) {
      assertNoListener(
          server.uri("tcp"),
          " did not answer our greeting (it closed the connection); is it a Farside listener?");
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUpAfterTenSeconds() throws Exception {
    try (ScriptedServer first = ScriptedServer.running(ScriptedServer.silent());
        ScriptedServer second = ScriptedServer.running(ScriptedServer.silent())) {
      List<String> uris = List.of(first.uri("tcp"), second.uri("ws"));
      List<CompletableFuture<?>> both =
          uris.stream().<CompletableFuture<?>>map(uri -> near.connect(uri).toFuture()).toList();
      for (int i = 0; i < 2; i++) {
        CompletableFuture<?> connecting = both.get(i);
        assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(ProtocolException.class)
            .hasMessage(
                uris.get(i)
                    + " did not answer our greeting (nothing came within ten seconds); is it a"
                    + " Farside listener?");
      }
    }
  }

  private void assertOtherRSocket(SocketAcceptor acceptor, String message) {
    CloseableChannel server =
        RSocketServer.create(acceptor)
            .bind(TcpServerTransport.create("127.0.0.1", 0))
            .block(Duration.ofSeconds(20));
    try {
      assertNoListener("tcp://127.0.0.1:" + server.address().getPort(), message);
    } finally {
      server.dispose();
    }
  }

  private static SocketAcceptor answering(Mono<Payload> answer) {
    return SocketAcceptor.forRequestResponse(
        request -> {
          request.release();
          return answer;
        });
  }

  @Test
  void anRSocketServerThatDoesNotServeRequestsIsNoListener() {
    assertOtherRSocket(
        SocketAcceptor.with(new RSocket() {}),
        " did not answer our greeting (Request-Response not implemented.); is it a Farside"
            + " listener?");
  }

  @Test
  void anRSocketServerThatAnswersNothingIsNoListener() {
    assertOtherRSocket(
        answering(Mono.empty()),
        " answered our greeting with something else (nothing); is it a Farside listener?");
  }

  @Test
  void anRSocketServerThatAnswersInAnotherLanguageIsNoListener() {
    assertOtherRSocket(
        answering(Mono.fromSupplier(() -> DefaultPayload.create("hello"))),
        " answered our greeting with something else (Malformed message header at byte 0 of 0: it"
            + " ends too early); is it a Farside listener?");
    assertOtherRSocket(
        answering(
            Mono.fromSupplier(
                () ->
                    DefaultPayload.create(
                        new byte[0],
                        dev.farside.codec.Header.of(new dev.farside.codec.Message.Returned())
                            .toBytes()))),
        " answered our greeting with something else (Returned[]); is it a Farside listener?");
  }

  @Test
  void aServerThatRejectsTheSetupSaysWhy() {
    assertOtherRSocket(
        (setup, socket) -> Mono.error(new RejectedSetupException("members only")),
        " refused our greeting: members only");
  }

  @Test
  void aFailedConnectionLeavesNothingBehind() throws IOException {
    try (ScriptedServer server = ScriptedServer.running(ScriptedServer.saying(BAD_REQUEST));
        Farside far = Farside.create()) {
      String uri = server.uri("tcp");
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> near.connectNow(uri)).isInstanceOf(ProtocolException.class);
      }
      String good = far.listenNow("tcp://127.0.0.1:0").uri();
      assertThat(near.connectNow(good).names()).isEmpty();
    }
  }
}
