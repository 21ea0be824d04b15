package dev.farside.samples.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.samples.SecondJvm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PricesTest {
  @SuppressWarnings("NullAway.Init")
  private static SecondJvm server;

  @BeforeAll
  static void start() {
    server = SecondJvm.start(PriceServer.class, "tcp://127.0.0.1:0");
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void clientPrintsThePrices() {
    var out = new ByteArrayOutputStream();
    PriceClient.run(server.uri(), new PrintStream(out, true, StandardCharsets.UTF_8));
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.subList(0, 3))
        .containsExactly("best of two: 99.50", "last: 99.50", "ACME 99.50");
    assertThat(lines.subList(3, 5)).allMatch(line -> line.matches("ACME 99\\.\\d\\d"));
    assertThat(lines.subList(5, 7)).containsExactly("no share is called NONE", "same object: true");
  }

  @Test
  void streamsStopAtTheirSourceWhenNobodyReadsThem() {
    try (Peer peer = Farside.create().connectNow(server.uri())) {
      ReactivePrices reactive = peer.lookup("prices", ReactivePrices.class);
      Prices plain = peer.lookup("prices", Prices.class);
      assertThat(reactive.prices("ACME").take(2).map(Price::number).collectList().block())
          .hasSize(2);
      try (var prices = plain.prices("GLOBEX")) {
        assertThat(prices.limit(2)).hasSize(2);
      }
      Awaitility.await().untilAsserted(() -> assertThat(plain.readers()).isZero());
    }
  }
}
