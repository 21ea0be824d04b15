package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.samples.SecondJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a command waits for, it ends when its server is killed. */
@Timeout(60)
class KilledServerTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("cat", "file"),
        List.of("head", "file"),
        List.of("tail", "file"),
        List.of("tail", "-f", "file"),
        List.of("ls"),
        List.of("ls", "-l", "file"),
        List.of("sha256", "file"),
        List.of("get", "file"),
        List.of("put", "LOCAL", "file"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandEndsWithItsServer(List<String> command) throws Exception {
    Path asked = here.resolve("asked");
    Path local = Files.writeString(here.resolve("local"), "text");
    try (SecondJvm server = SecondJvm.start(SilentServer.class, asked.toString())) {
      List<String> arguments = new ArrayList<>(command);
      arguments.replaceAll(a -> a.equals("LOCAL") ? local.toString() : a);
      int options = arguments.stream().skip(1).anyMatch(a -> a.startsWith("-")) ? 2 : 1;
      arguments.add(options, server.uri());
      CompletableFuture<Ran> running =
          CompletableFuture.supplyAsync(() -> Ran.command(arguments.toArray(String[]::new)));
      await().atMost(20, TimeUnit.SECONDS).until(() -> Files.exists(asked));
      server.kill();
      Ran ran = running.get(20, TimeUnit.SECONDS);
      assertThat(ran.err())
          .isEqualTo(
              "farside-files: the connection to "
                  + server.uri()
                  + " was lost"
                  + System.lineSeparator());
      assertThat(ran.exitCode()).isEqualTo(8);
      assertThat(ran.out()).isEmpty();
    }
  }
}
