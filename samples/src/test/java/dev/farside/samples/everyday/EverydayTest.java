package dev.farside.samples.everyday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.samples.SecondJvm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EverydayTest {
  @Test
  void classesOfTheJdkUseWhatLivesElsewhere(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("text");
    Files.writeString(file, "three little words\n".repeat(1000));
    try (SecondJvm server = SecondJvm.start(EverydayServer.class, "tcp://127.0.0.1:0")) {
      var out = new ByteArrayOutputStream();
      EverydayClient.run(
          server.uri(), file.toString(), new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(out.toString(StandardCharsets.UTF_8).lines())
          .containsExactly(
              "lines: 1000",
              "words: 3000",
              "copied: 19000 bytes",
              "20! = 2432902008176640000 on pool",
              "3! = 6 on pool",
              "ours ran here");
    }
  }
}
