package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A remote file that is not what it was is never spliced to what has arrived of it before. */
class ChangedFileTest {
  private static final int SIZE = 1_000_000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path exported;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  private final Farside far = Farside.create();

  @SuppressWarnings("NullAway.Init")
  private Listener listener;

  @BeforeEach
  void start() throws IOException {
    Files.write(exported.resolve("file"), ServedDirectory.randomBytes(SIZE));
    far.bind("directory", new ExportedDirectory(exported));
    listener = far.listenNow("tcp://127.0.0.1:0");
  }

  @AfterEach
  void end() {
    far.close();
  }

  private Path part(byte[] content) throws IOException {
    return Files.write(here.resolve("local.part"), content);
  }

  private Ran get() {
    return Ran.command("get", listener.uri(), "file", "-o", here.resolve("local").toString());
  }

  private void assertComplete() throws IOException {
    assertThat(Files.mismatch(here.resolve("local"), exported.resolve("file"))).isEqualTo(-1);
    assertThat(here.resolve("local.part")).doesNotExist();
  }

  @Test
  void partOfTheSameFileIsGoneOnWith() throws Exception {
    part(Arrays.copyOf(ServedDirectory.randomBytes(SIZE), 300_001));
    assertThat(get().out()).contains("699,999 bytes in ", ", resumed at 300001");
    assertComplete();
  }

  @Test
  void partThatIsCompleteIsOnlyVerified() throws Exception {
    part(ServedDirectory.randomBytes(SIZE));
    assertThat(get().out()).contains(": 0 bytes in ", ", resumed at 1000000");
    assertComplete();
  }

  @Test
  void partOfAnotherFileIsReplaced() throws Exception {
    part(new byte[300_000]);
    assertThat(get().out()).contains("1,000,000 bytes in ").doesNotContain("resumed");
    assertComplete();
  }

  @Test
  void partThatIsLongerThanTheFileIsReplaced() throws Exception {
    part(Arrays.copyOf(ServedDirectory.randomBytes(SIZE), SIZE + 1));
    assertThat(get().out()).contains("1,000,000 bytes in ").doesNotContain("resumed");
    assertComplete();
  }

  @Test
  void fileThatGrowsMeanwhileIsCopiedAsItWas() throws Exception {
    byte[] before = Files.readAllBytes(exported.resolve("file"));
    download(() -> Files.writeString(exported.resolve("file"), "more", StandardOpenOption.APPEND));
    assertThat(here.resolve("local")).hasBinaryContent(before);
  }

  @Test
  void fileThatIsOverwrittenMeanwhileIsAFailure() {
    assertChanged(() -> Files.write(exported.resolve("file"), new byte[SIZE]));
  }

  @Test
  void fileThatIsTruncatedMeanwhileIsAFailure() {
    assertChanged(() -> Files.write(exported.resolve("file"), new byte[10]));
  }

  private void assertChanged(Change change) {
    assertThatExceptionOfType(ChangedFileException.class)
        .isThrownBy(() -> download(change))
        .withMessage("file: changed while it was transferred");
    assertThat(here).isEmptyDirectory();
  }

  private void download(Change change) throws IOException {
    try (Peer peer = Farside.create().connectNow(listener.uri())) {
      far.bind("directory", new ChangingDirectory(new ExportedDirectory(exported), change));
      var meter = new Meter(System.err, false);
      RemoteDirectory directory = peer.lookup("directory", RemoteDirectory.class);
      new Download(directory, "file", here.resolve("local"), meter).run();
    }
  }

  /** What happens to the file. */
  private interface Change {
    void make() throws IOException;
  }

  /** Its file changes when the first piece of it has been read. */
  private record ChangingDirectory(RemoteDirectory real, Change change) implements RemoteDirectory {
    @Override
    public Mono<FileInfo> stat(String path) {
      return real.stat(path);
    }

    @Override
    public Flux<FileInfo> list(String path) {
      return real.list(path);
    }

    @Override
    public Flux<ByteBuffer> read(String path, long offset, long length) {
      return real.read(path, offset, 1)
          .concatWith(Mono.fromRunnable(this::makeChange))
          .concatWith(real.read(path, offset + 1, length - 1));
    }

    private void makeChange() {
      try {
        change.make();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Flux<ByteBuffer> follow(String path, long offset) {
      return real.follow(path, offset);
    }

    @Override
    public Mono<Long> lastLines(String path, int count) {
      return real.lastLines(path, count);
    }

    @Override
    public Mono<Long> write(String path, Flux<ByteBuffer> content) {
      return real.write(path, content);
    }

    @Override
    public Mono<String> sha256(String path, long length) {
      return real.sha256(path, length);
    }
  }
}
