package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command does when all goes well, with the server in a second JVM. */
class CommandsTest {
  private static final String HUNDRED_LINES =
      String.join("", IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i + "\n").toList());

  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path exported;

  @SuppressWarnings("NullAway.Init")
  private static ServedDirectory served;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @BeforeAll
  static void start() {
    served = new ServedDirectory(exported);
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 61_440, 61_441, 3_000_000})
  void filesOfEverySizeAreTheSameHereAndThere(int size) throws Exception {
    Path source = served.random("size" + size, size);
    byte[] content = Files.readAllBytes(source);
    assertThat(Ran.command("cat", served.uri(), "size" + size).bytes()).isEqualTo(content);

    Path local = here.resolve("local");
    Ran get = Ran.command("get", served.uri(), "size" + size, "-o", local.toString());
    assertThat(get.err()).isEmpty();
    assertThat(get.out()).startsWith(local + ": " + String.format("%,d bytes in ", size));
    assertThat(local).hasBinaryContent(content);
    assertThat(here).isDirectoryNotContaining("glob:**.part");

    Ran put = Ran.command("put", served.uri(), local.toString(), "back" + size);
    assertThat(put.err()).isEmpty();
    assertThat(served.path("back" + size)).hasBinaryContent(content);
  }

  @Test
  void putTakesTheNameOfTheFileAndReplacesWhatIsThere() throws Exception {
    Files.writeString(served.path("note"), "a longer old text");
    Path note = Files.writeString(here.resolve("note"), "new");
    assertThat(Ran.command("put", served.uri(), note.toString()).exitCode()).isZero();
    assertThat(served.path("note")).hasContent("new");
    assertThat(exported).isDirectoryNotContaining("glob:**.arriving-*");
  }

  @Test
  void lsListsNamesInOrderAndWithDetails() throws Exception {
    Files.createDirectories(served.path("listed/inner"));
    Path directory = served.path("listed");
    Files.writeString(directory.resolve("b"), "12345");
    Files.writeString(directory.resolve("a"), "");
    Files.createSymbolicLink(directory.resolve("z"), Path.of("a"));
    assertThat(Ran.command("ls", served.uri(), "listed").out().lines())
        .containsExactly("a", "b", "inner", "z");
    List<String> details = Ran.command("ls", "-l", served.uri(), "listed").out().lines().toList();
    assertThat(details).hasSize(4);
    assertThat(details.get(1)).matches("- {14}5 \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d b");
    assertThat(details.get(2)).startsWith("d ").endsWith(" inner");
    assertThat(details.get(3)).startsWith("l ").endsWith(" z");
    assertThat(Ran.command("ls", served.uri(), "listed/b").out().lines()).containsExactly("b");
    assertThat(Ran.command("ls", served.uri()).out().lines()).contains("listed");
    assertThat(Ran.command("ls", served.uri(), "listed/inner").out()).isEmpty();
  }

  @Test
  void headAndTailPrintLines() throws Exception {
    Files.writeString(served.path("lines"), HUNDRED_LINES);
    assertThat(Ran.command("head", "-n2", served.uri(), "lines").out())
        .isEqualTo("line 1\nline 2\n");
    assertThat(Ran.command("head", "-n", "0", served.uri(), "lines").out()).isEmpty();
    assertThat(Ran.command("head", "-n", "1000", served.uri(), "lines").out())
        .isEqualTo(HUNDRED_LINES);
    assertThat(Ran.command("head", served.uri(), "lines").out().lines()).hasSize(10);
    assertThat(Ran.command("tail", "-n2", served.uri(), "lines").out())
        .isEqualTo("line 99\nline 100\n");
    assertThat(Ran.command("tail", "-n0", served.uri(), "lines").out()).isEmpty();
    assertThat(Ran.command("tail", "-n1000", served.uri(), "lines").out()).isEqualTo(HUNDRED_LINES);
    Files.writeString(served.path("unfinished"), "a\nb\nc");
    assertThat(Ran.command("tail", "-n2", served.uri(), "unfinished").out()).isEqualTo("b\nc");
    Files.writeString(served.path("wide"), "x\n" + "y".repeat(20_000) + "\nz\n");
    assertThat(Ran.command("tail", "-n2", served.uri(), "wide").out()).hasSize(20_003);
  }

  @Test
  void headOfAHugeFileReadsOnlyItsBeginning() throws Exception {
    Path huge = served.huge("huge", 1L << 40);
    Files.writeString(huge, "first\nsecond\n", StandardOpenOption.WRITE);
    assertThat(Ran.command("head", "-n1", served.uri(), "huge").out()).isEqualTo("first\n");
    Awaitility.await().untilAsserted(() -> served.assertNotOpen(huge));
  }

  @Test
  void tailFollowsWhatIsAppended() throws Exception {
    Path log = Files.writeString(served.path("log"), "old\n1\n");
    var out = new ByteArrayOutputStream();
    CompletableFuture<Integer> tail =
        CompletableFuture.supplyAsync(
            () -> Main.run(out, new PrintStream(out), "tail", "-f", "-n1", served.uri(), "log"));
    awaitText(out, "1\n");
    Files.writeString(log, "2\n", StandardOpenOption.APPEND);
    awaitText(out, "1\n2\n");
    Files.writeString(log, "3\n4\n", StandardOpenOption.APPEND);
    awaitText(out, "1\n2\n3\n4\n");
    Files.writeString(log, "new\n"); // shorter: begins anew
    awaitText(out, "1\n2\n3\n4\nnew\n");
    Files.delete(log);
    assertThat(tail.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCodes.NO_SUCH_FILE);
  }

  private static void awaitText(ByteArrayOutputStream out, String text) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text));
  }

  @Test
  void sha256IsTheOwners() throws Exception {
    Files.writeString(served.path("abc"), "abc");
    assertThat(Ran.command("sha256", served.uri(), "abc").out())
        .isEqualTo(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc"
                + System.lineSeparator());
  }

  @Test
  void manyReadAtTheSameTime() throws Exception {
    byte[] content = Files.readAllBytes(served.random("shared", 2_000_000));
    List<CompletableFuture<Ran>> all =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(() -> Ran.command("cat", served.uri(), "shared")))
            .toList();
    for (CompletableFuture<Ran> one : all) {
      assertThat(one.get(30, TimeUnit.SECONDS).bytes()).isEqualTo(content);
    }
  }

  @Test
  void progressIsABarWithARate() throws Exception {
    served.huge("bar", 64 << 20);
    Path local = here.resolve("bar");
    Ran get = Ran.command("get", "--progress", served.uri(), "bar", "-o", local.toString());
    assertThat(get.err()).containsPattern("\r *\\d+% \\[#*-*\\] \\d+ MB +\\d+ MB/s").endsWith("\r");
  }

  @Test
  void fiveLinesPrintAFile() throws Exception {
    Path file = Files.writeString(here.resolve("text"), "far\naway\n");
    assertThat(Ran.command("five-lines", file.toString()).out()).isEqualTo("far\naway\n");
  }

  @Test
  void demoCopiesThereAndBack() {
    Ran demo = Ran.command("demo", "--size", "2MiB");
    assertThat(demo.exitCode()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains("file    2,097,152 random bytes", "there and back: the same")
        .containsPattern("get     2,097,152 bytes in .* MB/s")
        .containsPattern("put     2,097,152 bytes in .* MB/s")
        .containsPattern("memory  server at most \\d+ MiB, client at most \\d+ MiB");
  }
}
