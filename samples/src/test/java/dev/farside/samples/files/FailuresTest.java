package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    assertFails(4, here + ": is a directory", "put", served.uri(), here.toString(), "x");
    assertFails(4, here + ": is a directory", "put", served.uri(), here.toString());
    assertFails(4, "/: is a directory", "put", served.uri(), "/");
    assertFails(4, "'': is a directory", "put", served.uri(), "");
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
  void localTargetThatIsNoFile() throws Exception {
    String directory = Files.createDirectory(here.resolve("directory")).toString();
    assertFails(4, directory + ": is a directory", "get", served.uri(), "inside", "-o", directory);
    assertFails(4, "/: is a directory", "get", served.uri(), "inside", "-o", "/");
    assertFails(4, "'': is a directory", "get", served.uri(), "inside", "-o", "");
    assertFails(4, ".: is a directory", "get", served.uri(), "inside", "-o", ".");
    Files.createDirectory(here.resolve("taken.part"));
    assertFails(
        4,
        here.resolve("taken.part") + ": is a directory",
        "get",
        served.uri(),
        "inside",
        "-o",
        here.resolve("taken").toString());
    assertThat(here.resolve("directory")).isEmptyDirectory();
    assertThat(here.resolve("taken")).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(30)
  void localTargetThatIsAPipeOrADevice() throws Exception {
    Path pipe = here.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String line = pipe + ": is not a regular file";
    assertFails(4, line, "get", served.uri(), "inside", "-o", pipe.toString());
    assertFails(4, line, "put", served.uri(), pipe.toString(), "x");
    assertFails(
        4, "/dev/null: is not a regular file", "get", served.uri(), "inside", "-o", "/dev/null");
    Path part = here.resolve("file.part");
    assertThat(new ProcessBuilder("mkfifo", part.toString()).start().waitFor()).isZero();
    assertFails(
        4,
        part + ": is not a regular file",
        "get",
        served.uri(),
        "inside",
        "-o",
        here.resolve("file").toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(30)
  void remotePipe() throws Exception {
    Path pipe = outer.resolve("exported/pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String file = Files.writeString(here.resolve("file"), "text").toString();
    for (String command : new String[] {"cat", "head", "tail", "get", "sha256"}) {
      assertFails(4, "pipe: is not a regular file", command, served.uri(), "pipe");
    }
    assertFails(4, "pipe: is not a regular file", "put", served.uri(), file, "pipe");
    assertThat(Ran.command("ls", served.uri(), "pipe").out().lines()).containsExactly("pipe");
  }

  @Test
  void emptyPath() throws Exception {
    String line = "'': is an empty path; . is the exported directory";
    for (String command : new String[] {"cat", "head", "tail", "ls", "sha256"}) {
      assertFails(3, line, command, served.uri(), "");
    }
    assertFails(3, line, "get", served.uri(), "", "-o", here.resolve("x").toString());
    String file = Files.writeString(here.resolve("file"), "text").toString();
    assertFails(3, line, "put", served.uri(), file, "");
    assertFails(3, "'': is an empty path; . is this directory", "serve", "");
  }

  @Test
  void rootAndDotsInsteadOfAFile() {
    assertFails(6, "/: leads out of the exported directory", "get", served.uri(), "/");
    assertFails(6, "..: leads out of the exported directory", "get", served.uri(), "..");
    assertFails(4, ".: is a directory", "get", served.uri(), ".");
    assertFails(4, "sub/: is a directory", "get", served.uri(), "sub/");
    assertFails(4, ".: is a directory", "cat", served.uri(), ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"head", "tail"})
  void numbersOfLinesThatAreNone(String command) {
    for (String number : new String[] {"-1", "-2147483648", "2147483648", "ten", "1.5", ""}) {
      String line =
          "Invalid value for option '-n': '"
              + number
              + "' is not a number of lines: a whole number from 0 to 2147483647; see"
              + " farside-files "
              + command
              + " --help";
      assertFails(2, line, command, "-n", number, served.uri(), "inside");
      assertFails(2, line, command, "-n=" + number, served.uri(), "inside");
    }
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
  void addressesToListenAtThatAreNone() {
    String dir = here.toString();
    assertFails(
        2,
        "Not an address: http://x:1; use tcp://host:port, ws://host:port/path or local://name",
        "serve",
        dir,
        "--listen",
        "http://x:1");
    assertFails(
        12,
        "cannot listen at tcp://no.such.host.invalid:1",
        "serve",
        dir,
        "--listen",
        "tcp://no.such.host.invalid:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "http://127.0.0.1:80", "tcp://127.0.0.1", "", "file"})
  void addressesThatAreNone(String uri) {
    for (String command : new String[] {"cat", "head", "tail", "ls", "get", "sha256"}) {
      assertFails(
          2,
          "Not an address: " + uri + "; use tcp://host:port, ws://host:port/path or local://name",
          command,
          uri,
          "file");
    }
  }

  @Test
  @Timeout(30)
  void serverOfAnotherProtocol() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var thread =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try (Socket accepted = server.accept()) {
                    accepted.shutdownOutput();
                    while (accepted.getInputStream().read() >= 0) {
                      // whatever it is
                    }
                  } catch (IOException e) {
                    // the client has gone, or the test is over
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      String uri = "tcp://127.0.0.1:" + server.getLocalPort();
      for (String command : new String[] {"cat", "ls", "sha256"}) {
        assertFails(
            11,
            uri
                + " did not answer our greeting (it closed the connection); is it a Farside"
                + " listener?",
            command,
            uri,
            "file");
      }
    }
  }

  @Test
  void wrongUsage() {
    String see = "; see farside-files ";
    assertFails(
        2, "Missing required parameter: 'FILE'" + see + "cat --help", "cat", "tcp://127.0.0.1:1");
    assertFails(2, "Missing required parameters: 'URI', 'FILE'" + see + "head --help", "head");
    assertFails(2, "Missing required parameter: 'DIR'" + see + "serve --help", "serve");
    assertFails(2, "Unmatched argument at index 0: 'cut'; see farside-files --help", "cut");
    assertFails(
        2, "Unknown option: '-x'" + see + "cat --help", "cat", "-x", served.uri(), "inside");
    assertFails(
        2,
        "Invalid value for option '--size': 'much' is not a size such as 256MiB"
            + see
            + "demo --help",
        "demo",
        "--size",
        "much");
    assertFails(2, "Missing required subcommand; see farside-files --help");
  }

  @Test
  void helpListsTheExitCodes() {
    assertThat(Ran.command("--help").out())
        .contains("Exit codes:", "7   nobody listens at the URI", "12   serve cannot listen");
  }
}
