package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/**
 * Copying to and fro, with the directory in this JVM: what is copied does not know of a network.
 */
class TransfersTest {
  private static final int SIZE = 200_000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path there;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @SuppressWarnings("NullAway.Init")
  private RemoteDirectory directory;

  private final Meter meter = new Meter(new PrintStream(new ByteArrayOutputStream()), false);

  @BeforeEach
  void open() throws IOException {
    directory = new ExportedDirectory(there);
  }

  private byte[] content() throws IOException {
    byte[] bytes = ServedDirectory.randomBytes(SIZE);
    Files.write(there.resolve("file"), bytes);
    return bytes;
  }

  private void download() throws IOException {
    new Download(directory, "file", here.resolve("copy"), meter).run();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "61440, 61440",
    "199999, 199999",
    "200000, 200000",
    "200001, 0",
    "300000, 0"
  })
  void aPartThatBeginsAsTheFileDoesIsGoneOnWith(int kept, int resumedAt) throws IOException {
    byte[] content = content();
    Files.write(here.resolve("copy.part"), Arrays.copyOf(content, kept));
    download();
    assertThat(here.resolve("copy")).hasBinaryContent(content);
    assertThat(here.resolve("copy.part")).doesNotExist();
    assertThat(meter.resumedAt()).isEqualTo(resumedAt);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 61_440, 200_000, 250_000})
  void aPartOfAnotherFileIsBegunAnew(int kept) throws IOException {
    byte[] content = content();
    byte[] other = Arrays.copyOf(content, kept);
    other[0] ^= 1;
    Files.write(here.resolve("copy.part"), other);
    download();
    assertThat(here.resolve("copy")).hasBinaryContent(content);
    assertThat(meter.resumedAt()).isZero();
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    Files.createFile(there.resolve("file"));
    download();
    assertThat(here.resolve("copy")).isEmptyFile();
    new Upload(directory, here.resolve("copy"), "back", meter).run();
    assertThat(there.resolve("back")).isEmptyFile();
  }

  @Test
  void aDownloadReplacesTheOldFile() throws IOException {
    byte[] content = content();
    Files.writeString(here.resolve("copy"), "old");
    download();
    assertThat(here.resolve("copy")).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "grüße", "日本語", "-n", "a'b\"c", "trailing ", "%41", "a:b"})
  void aNameMayBeAnything(String name) throws IOException {
    Files.writeString(there.resolve(name), "text");
    new Download(directory, name, here.resolve(name), meter).run();
    assertThat(here.resolve(name)).hasContent("text");
    new Upload(directory, here.resolve(name), "back " + name, meter).run();
    assertThat(there.resolve("back " + name)).hasContent("text");
    assertThat(directory.sha256(name, Long.MAX_VALUE).block())
        .isEqualTo(directory.sha256("back " + name, Long.MAX_VALUE).block());
  }

  @Test
  void whatIsNoFileHereIsNotWrittenTo() throws IOException {
    content();
    Files.createDirectory(here.resolve("copy"));
    assertThatThrownBy(this::download)
        .isInstanceOf(NotAFileException.class)
        .hasMessage(here.resolve("copy") + ": is a directory");
    Files.delete(here.resolve("copy"));
    Files.createDirectory(here.resolve("copy.part"));
    assertThatThrownBy(this::download)
        .isInstanceOf(NotAFileException.class)
        .hasMessage(here.resolve("copy.part") + ": is a directory");
  }

  @Test
  void aLinkToAFileIsReplacedAndItsFileKept() throws IOException {
    byte[] content = content();
    Files.writeString(here.resolve("linked"), "kept");
    Files.createSymbolicLink(here.resolve("copy"), Path.of("linked"));
    download();
    assertThat(here.resolve("copy")).hasBinaryContent(content);
    assertThat(here.resolve("linked")).hasContent("kept");
  }

  @Test
  void theOldFileStaysWhenAnUploadFails() throws IOException {
    Files.writeString(there.resolve("file"), "old");
    Flux<ByteBuffer> failing =
        Flux.just(ByteBuffer.allocate(10)).concatWith(Flux.error(new IOException("cut off")));
    assertThatThrownBy(() -> directory.write("file", failing).block())
        .hasRootCauseMessage("cut off");
    assertThat(there.resolve("file")).hasContent("old");
    assertThat(there).isDirectoryNotContaining("glob:**.arriving-*");
  }

  @Test
  void whatIsNoFileHereIsNotUploaded() {
    assertThatThrownBy(() -> new Upload(directory, here, "file", meter).run())
        .isInstanceOf(NotAFileException.class)
        .hasMessage(here + ": is a directory");
    Path none = here.resolve("none");
    assertThatThrownBy(() -> new Upload(directory, none, "file", meter).run())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(none.toString());
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void anEmptyPathIsNone() {
    for (var answer :
        java.util.List.of(
            directory.stat(""),
            directory.list("").next(),
            directory.read("", 0, 1).next(),
            directory.follow("", 0).next(),
            directory.lastLines("", 1),
            directory.write("", Flux.empty()),
            directory.sha256("", 1))) {
      assertThatThrownBy(answer::block)
          .hasRootCauseInstanceOf(NoSuchFileException.class)
          .hasRootCauseMessage("'': is an empty path; . is the exported directory");
    }
    assertThatThrownBy(() -> new ExportedDirectory(Path.of("")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("'': is an empty path; . is this directory");
  }

  @Test
  void aLargerPartIsNotReadBehindTheEnd() throws IOException {
    byte[] content = content();
    assertThat(directory.read("file", SIZE, 10).collectList().block()).isEmpty();
    assertThat(directory.read("file", SIZE + 10L, 10).collectList().block()).isEmpty();
    assertThat(directory.read("file", SIZE - 1, Long.MAX_VALUE).single().map(b -> b.get(0)).block())
        .isEqualTo(content[SIZE - 1]);
    assertThat(directory.read("file", 0, 0).collectList().block()).isEmpty();
  }
}
