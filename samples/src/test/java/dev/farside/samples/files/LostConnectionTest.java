package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in the middle: the command ends, what has arrived is kept. */
class LostConnectionTest {
  private static final int SIZE = 48 << 20;
  private static final int SOME = 1 << 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path exported;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @Test
  void getGoesOnWhereItWasCutOff() throws Exception {
    Path local = here.resolve("local");
    Path part = here.resolve("local.part");
    Ran cut;
    try (var served = new ServedDirectory(exported)) {
      served.huge("big", SIZE);
      CompletableFuture<Ran> get =
          CompletableFuture.supplyAsync(
              () -> Ran.command("get", served.uri(), "big", "-o", local.toString()));
      await(() -> Files.exists(part) && Files.size(part) > SOME);
      served.kill();
      cut = get.get(20, TimeUnit.SECONDS);
      assertThat(cut.err())
          .isEqualTo(
              "farside-files: the connection to "
                  + served.uri()
                  + " was lost; what has arrived is in "
                  + part
                  + ", get goes on from there"
                  + System.lineSeparator());
    }
    assertThat(cut.exitCode()).isEqualTo(8);
    assertThat(local).doesNotExist();
    long kept = Files.size(part);
    assertThat(kept).isBetween((long) SOME, SIZE - 1L);
    try (var served = new ServedDirectory(exported)) {
      Ran get = Ran.command("get", served.uri(), "big", "-o", local.toString());
      assertThat(get.err()).isEmpty();
      assertThat(get.out()).contains(", resumed at " + kept);
    }
    assertThat(Files.mismatch(local, exported.resolve("big"))).isEqualTo(-1);
    assertThat(part).doesNotExist();
  }

  @Test
  void catAndTailEnd() throws Exception {
    try (var served = new ServedDirectory(exported)) {
      served.huge("big", 1L << 40);
      Files.writeString(served.path("log"), "line\n");
      var tailOut = new ByteArrayOutputStream();
      var tailErr = new ByteArrayOutputStream();
      CompletableFuture<Integer> tail = run(tailOut, tailErr, "tail", "-f", served.uri(), "log");
      var catErr = new ByteArrayOutputStream();
      var catOut = new CountingOutput();
      CompletableFuture<Integer> cat = run(catOut, catErr, "cat", served.uri(), "big");
      await(() -> tailOut.size() > 0 && catOut.count() > SOME);
      served.kill();
      String line =
          "farside-files: the connection to " + served.uri() + " was lost" + System.lineSeparator();
      assertThat(cat.get(20, TimeUnit.SECONDS)).isEqualTo(8);
      assertThat(catErr.toString(StandardCharsets.UTF_8)).isEqualTo(line);
      assertThat(tail.get(20, TimeUnit.SECONDS)).isEqualTo(8);
      assertThat(tailErr.toString(StandardCharsets.UTF_8)).isEqualTo(line);
    }
  }

  @Test
  void putEnds() throws Exception {
    try (var served = new ServedDirectory(exported)) {
      Path big = served.huge("big", 1L << 40);
      CompletableFuture<Ran> put =
          CompletableFuture.supplyAsync(
              () -> Ran.command("put", served.uri(), big.toString(), "copy"));
      await(() -> arrived() > SOME);
      served.kill();
      Ran ran = put.get(20, TimeUnit.SECONDS);
      assertThat(ran.err())
          .isEqualTo(
              "farside-files: the connection to "
                  + served.uri()
                  + " was lost"
                  + System.lineSeparator());
      assertThat(ran.exitCode()).isEqualTo(8);
      assertThat(served.path("copy")).doesNotExist();
    }
  }

  private long arrived() throws IOException {
    try (var files = Files.newDirectoryStream(exported, ".arriving-*")) {
      for (Path file : files) {
        return Files.size(file);
      }
      return 0;
    }
  }

  private static CompletableFuture<Integer> run(
      OutputStream out, ByteArrayOutputStream err, String... command) {
    return CompletableFuture.supplyAsync(
        () -> Main.run(out, new PrintStream(err, true, StandardCharsets.UTF_8), command));
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(condition);
  }
}
