package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure is one line on standard error and an exit code of its own. */
class FailuresTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path outer;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @SuppressWarnings("NullAway.Init")
  private static ServedDirectory served;

  @BeforeAll
  static void start() throws IOException {
    Path exported = Files.createDirectory(outer.resolve("exported"));
    Files.createDirectory(exported.resolve("sub"));
    Files.writeString(exported.resolve("inside"), "inside");
    Files.writeString(outer.resolve("secret"), "secret");
    Files.createDirectory(outer.resolve("exported-not"));
    Files.createSymbolicLink(exported.resolve("to-secret"), outer.resolve("secret"));
    Files.createSymbolicLink(exported.resolve("to-outer"), outer);
    Files.createSymbolicLink(exported.resolve("to-inside"), Path.of("inside"));
    Files.createSymbolicLink(exported.resolve("dangling"), Path.of("nothing"));
    served = new ServedDirectory(exported);
  }

  @AfterAll
  static void end() {
    served.close();
  }

  private static void assertFails(int exitCode, String line, String... command) {
    Ran ran = Ran.command(command);
    assertThat(ran.err()).isEqualTo("farside-files: " + line + System.lineSeparator());
    assertThat(ran.exitCode()).isEqualTo(exitCode);
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "head", "tail", "ls", "get", "sha256"})
  void missingFile(String command) {
    assertFails(3, "sub/none: no such file", command, served.uri(), "sub/none");
    assertFails(3, "dangling: no such file", command, served.uri(), "dangling");
    assertFails(3, "inside/none: no such file", command, served.uri(), "inside/none");
    assertThat(Path.of("none.part")).doesNotExist();
  }

  @Test
  void missingLocalFile() {
    String none = here.resolve("none").toString();
    assertFails(3, none + ": no such file", "put", served.uri(), none);
    assertFails(3, none + ": no such file", "serve", none);
    assertFails(3, none + " (No such file or directory)", "five-lines", none);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "head", "tail", "get", "sha256"})
  void directoryInsteadOfFile(String command) {
    assertFails(4, "sub: is a directory", command, served.uri(), "sub");
    assertThat(Path.of("sub.part")).doesNotExist();
  }

  @Test
  void directoryWhereAFileIsPut() throws Exception {
    String file = Files.writeString(here.resolve("file"), "text").toString();
    assertFails(4, "sub: is a directory", "put", served.uri(), file, "sub");
    assertFails(4, ".: is a directory", "put", served.uri(), file, ".");
    assertFails(4, here + ": is not a file", "put", served.uri(), here.toString(), "x");
    assertFails(4, file + ": is not a directory", "serve", file);
    assertFails(4, "to-inside: is not a regular file", "put", served.uri(), file, "to-inside");
    assertFails(3, "none/file: no such file", "put", served.uri(), file, "none/file");
  }

  @Test
  void permissionDenied() throws Exception {
    String file = Files.writeString(here.resolve("file"), "text").toString();
    try (SecondJvm refusing = SecondJvm.start(RefusingServer.class)) {
      for (String command : new String[] {"cat", "head", "tail", "ls", "get", "sha256"}) {
        assertFails(5, "locked: permission denied", command, refusing.uri(), "locked");
      }
      assertFails(5, "locked: permission denied", "put", refusing.uri(), file, "locked");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../secret",
        "sub/../../secret",
        "../exported-not",
        "/etc/passwd",
        "to-secret",
        "to-outer",
        "to-outer/secret"
      })
  void pathsThatLeadOut(String path) throws Exception {
    String line = path + ": leads out of the exported directory";
    for (String command : new String[] {"cat", "head", "tail", "ls", "get", "sha256"}) {
      assertFails(6, line, command, served.uri(), path);
    }
    assertThat(outer.resolve("secret")).hasContent("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../new", "/tmp/new", "to-outer/new", "sub/../../new"})
  void pathsThatLeadOutWhereAFileIsPut(String path) throws Exception {
    String file = Files.writeString(here.resolve("file"), "text").toString();
    String line = path + ": leads out of the exported directory";
    assertFails(6, line, "put", served.uri(), file, path);
    assertThat(outer.resolve("new")).doesNotExist();
  }

  @Test
  void pathsThatStayInside() {
    assertThat(Ran.command("cat", served.uri(), "sub/../inside").out()).isEqualTo("inside");
    assertThat(Ran.command("cat", served.uri(), "to-inside").out()).isEqualTo("inside");
    assertThat(Ran.command("cat", served.uri(), "./inside").out()).isEqualTo("inside");
  }

  @Test
  void nobodyListens() throws Exception {
    String uri;
    try (var socket = new ServerSocket(0)) {
      uri = "tcp://127.0.0.1:" + socket.getLocalPort();
    }
    assertFails(7, "nobody listens at " + uri, "cat", uri, "file");
  }

  @Test
  void localFileCannotBeWritten() {
    String out = here.resolve("none/file").toString();
    assertFails(10, out + ".part: no such file", "get", served.uri(), "inside", "-o", out);
  }

  @Test
  void noDirectoryIsServed() {
    try (Farside other = Farside.create();
        var listener = other.listenNow("tcp://127.0.0.1:0")) {
      Ran ran = Ran.command("cat", listener.uri(), "file");
      assertThat(ran.exitCode()).isEqualTo(11);
      assertThat(ran.err().lines()).singleElement().asString().contains("directory");
    }
  }

  @Test
  void addressToListenAtIsTaken() {
    assertFails(
        12, "cannot listen at " + served.uri(), "serve", here.toString(), "--listen", served.uri());
  }

  @Test
  void wrongUsage() {
    assertThat(Ran.command("cat", "tcp://127.0.0.1:1").exitCode()).isEqualTo(2);
    assertThat(Ran.command("cut").exitCode()).isEqualTo(2);
    assertThat(Ran.command("demo", "--size", "much").err())
        .contains("'much' is not a size such as 256MiB");
    Ran ran = Ran.command("cat", "nonsense", "file");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err().lines()).singleElement().asString().contains("nonsense");
  }

  @Test
  void helpListsTheExitCodes() {
    assertThat(Ran.command("--help").out())
        .contains("Exit codes:", "7   nobody listens at the URI", "12   serve cannot listen");
  }
}
