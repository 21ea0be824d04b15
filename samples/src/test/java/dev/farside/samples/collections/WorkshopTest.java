package dev.farside.samples.collections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.samples.SecondJvm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WorkshopTest {
  @Test
  void clientUsesTheObjectsOfTheServer() {
    try (SecondJvm server = SecondJvm.start(WorkshopServer.class, "tcp://127.0.0.1:0")) {
      var out = new ByteArrayOutputStream();
      WorkshopClient.run(server.uri(), new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(out.toString(StandardCharsets.UTF_8).lines())
          .containsExactly(
              "hammer, used 0 times, own",
              "saw, used 2 times, remote",
              "came home: true",
              "removed: true, left: 1",
              "copied: {nails=120, screws=6}, left: {}",
              "chair (made in process " + server.pid() + ")");
    }
  }
}
