package dev.farside.samples.files;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class FileChunksTest {
  private static final int CHUNK = 60 << 10;
  private static final long ALL = Long.MAX_VALUE;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() {
    file = here.resolve("file");
  }

  private byte[] content(int size) throws IOException {
    byte[] bytes = ServedDirectory.randomBytes(size);
    Files.write(file, bytes);
    return bytes;
  }

  private static byte[] joined(Flux<ByteBuffer> chunks) {
    var all = new ByteArrayOutputStream();
    for (ByteBuffer chunk : requireNonNull(chunks.collectList().block(Duration.ofSeconds(20)))) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7})
  void allBytesComeInPiecesThatFitAFrame(int size) throws IOException {
    byte[] content = content(size);
    List<ByteBuffer> chunks =
        requireNonNull(
            FileChunks.of(file, "file", 0, ALL).collectList().block(Duration.ofSeconds(20)));
    assertThat(chunks).hasSize((size + CHUNK - 1) / CHUNK);
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.remaining()).isBetween(1, CHUNK));
    assertThat(joined(Flux.fromIterable(chunks))).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "1, 1",
    "0, 61440",
    "61439, 2",
    "61440, 61440",
    "100, 100000",
    "99999, 1",
    "99999, 2",
    "100000, 1",
    "100001, 1",
    "1000000, 10"
  })
  void aPartOfAFileIsThatPart(int offset, int length) throws IOException {
    byte[] content = content(100_000);
    int from = Math.min(offset, content.length);
    int to = Math.min(offset + length, content.length);
    assertThat(joined(FileChunks.of(file, "file", offset, length)))
        .isEqualTo(Arrays.copyOfRange(content, from, to));
  }

  @Test
  void nothingIsReadThatWasNotAskedFor() throws IOException {
    content(10 * CHUNK);
    var read = new AtomicInteger();
    StepVerifier.create(
            FileChunks.of(file, "file", 0, ALL).doOnNext(chunk -> read.incrementAndGet()), 0)
        .expectSubscription()
        .thenRequest(1)
        .expectNextCount(1)
        .then(() -> assertThat(read).hasValue(1))
        .thenRequest(2)
        .expectNextCount(2)
        .thenCancel()
        .verify(Duration.ofSeconds(20));
    assertThat(read).hasValue(3);
    await().untilAsserted(this::assertClosed);
  }

  private void assertClosed() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (Files.isDirectory(open)) {
      try (var descriptors = Files.list(open)) {
        assertThat(descriptors.map(FileChunksTest::target)).doesNotContain(file.toString());
      }
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  @Test
  void aFileIsReadOnAThreadThatMayBlock() throws IOException {
    content(3 * CHUNK);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    FileChunks.of(file, "file", 0, ALL)
        .doOnNext(chunk -> threads.add(Thread.currentThread().getName()))
        .blockLast(Duration.ofSeconds(20));
    assertThat(threads).allSatisfy(name -> assertThat(name).startsWith("boundedElastic-"));
  }

  @Test
  void aFileCanBeReadAgainAndAgain() throws IOException {
    byte[] content = content(100);
    Flux<ByteBuffer> chunks = FileChunks.of(file, "file", 0, ALL);
    assertThat(joined(chunks)).isEqualTo(content);
    assertThat(joined(chunks)).isEqualTo(content);
  }

  @Test
  void nothingHappensBeforeSomebodySubscribes() throws IOException {
    Flux<ByteBuffer> chunks = FileChunks.of(file, "file", 0, ALL);
    byte[] content = content(100);
    assertThat(joined(chunks)).isEqualTo(content);
  }

  @Test
  void aMissingFileFailsTheStream() {
    StepVerifier.create(FileChunks.of(file, "named so", 0, ALL))
        .verifyError(NoSuchFileException.class);
  }

  @Test
  void whatCannotBeReadIsNamedAsItsReaderNamedIt() {
    StepVerifier.create(FileChunks.of(here, "named so", 0, ALL))
        .verifyErrorSatisfies(e -> assertThat(e.getMessage()).startsWith("named so: "));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whoHasEnoughTakesNoMore(int wanted) throws IOException {
    content(5 * CHUNK);
    var taken = new AtomicInteger();
    FileChunks.forEach(
        FileChunks.of(file, "file", 0, ALL), chunk -> taken.incrementAndGet() < wanted);
    assertThat(taken).hasValue(wanted);
    await().untilAsserted(this::assertClosed);
  }

  @Test
  void whatTheReceiverThrowsEndsTheReading() throws IOException {
    content(5 * CHUNK);
    var failure = new IOException("disk full");
    assertThatThrownBy(
            () ->
                FileChunks.forEach(
                    FileChunks.of(file, "file", 0, ALL),
                    chunk -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    await().untilAsserted(this::assertClosed);
  }

  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  })
  void theChecksumIsThatOfTheBytesHoweverTheyAreCut(String text, String sha256) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Flux<ByteBuffer> whole = Flux.just(ByteBuffer.wrap(bytes));
    assertThat(FileChunks.sha256(whole).block()).isEqualTo(sha256);
    Flux<ByteBuffer> oneByOne = Flux.range(0, bytes.length).map(i -> ByteBuffer.wrap(bytes, i, 1));
    assertThat(FileChunks.sha256(oneByOne).block()).isEqualTo(sha256);
    Flux<ByteBuffer> withNothing = oneByOne.startWith(ByteBuffer.allocate(0));
    assertThat(FileChunks.sha256(withNothing).block()).isEqualTo(sha256);
  }
}
