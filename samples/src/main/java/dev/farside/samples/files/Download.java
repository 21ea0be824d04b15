package dev.farside.samples.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies a remote file to here, as long as it is when the copy begins. Until it is complete and its
 * checksum is the owner's, it is called {@code .part}; one that is there already is gone on with if
 * the remote file still begins with it.
 */
final class Download {
  private final RemoteDirectory directory;
  private final String path;
  private final Path target;
  private final Path part;
  private final Meter meter;
  private final MessageDigest digest = FileChunks.newSha256();

  Download(RemoteDirectory directory, String path, Path target, Meter meter) {
    this.directory = directory;
    this.path = path;
    this.target = target;
    this.part = Path.of(target + ".part");
    this.meter = meter;
  }

  /** Where what has arrived is kept. */
  Path part() {
    return part;
  }

  /**
   * Copies.
   *
   * @throws NotAFileException if there is something else than a file, there or here
   * @throws ChangedFileException if the remote file changed meanwhile; nothing is kept then
   * @throws UncheckedIOException if the local file cannot be written
   */
  void run() throws IOException {
    FileInfo source = await(directory.stat(path));
    if (source.kind() != FileInfo.Kind.FILE) {
      boolean isDirectory = source.kind() == FileInfo.Kind.DIRECTORY;
      throw new NotAFileException(
          path, null, isDirectory ? "is a directory" : "is not a regular file");
    }
    LocalFiles.requireFileOrNothing(target);
    LocalFiles.requireFileOrNothing(part);
    long start = resumeAt(source.size());
    meter.begin(start, source.size());
    try (Part file = new Part(part, start)) {
      FileChunks.forEach(
          directory.read(path, start, source.size() - start), chunk -> take(chunk, file));
    } finally {
      meter.erase();
    }
    verify(source.size());
    Part.move(part, target);
  }

  private boolean take(ByteBuffer chunk, Part file) {
    digest.update(chunk.duplicate());
    meter.add(chunk.remaining());
    file.append(chunk);
    return true;
  }

  private void verify(long size) throws IOException {
    if (meter.done() != size
        || !FileChunks.hex(digest).equals(await(directory.sha256(path, size)))) {
      Files.deleteIfExists(part);
      throw new ChangedFileException(path);
    }
  }

  /** How much of the remote file is here; the digest knows it then. */
  private long resumeAt(long size) throws IOException {
    long here = Files.exists(part) ? Files.size(part) : 0;
    if (here == 0 || here > size) {
      return 0;
    }
    String local =
        await(FileChunks.sha256(partContent().doOnNext(b -> digest.update(b.duplicate()))));
    if (local.equals(await(directory.sha256(path, here)))) {
      return here;
    }
    digest.reset();
    return 0;
  }

  private Flux<ByteBuffer> partContent() {
    return FileChunks.of(part, part.toString(), 0, Long.MAX_VALUE);
  }

  private static <T> T await(Mono<T> answer) {
    return Objects.requireNonNull(answer.block(), "answer");
  }

  /** The local file; its failures are told from remote ones by being unchecked. */
  private record Part(FileChannel channel) implements AutoCloseable {
    Part(Path path, long start) {
      this(open(path, start));
    }

    private static FileChannel open(Path path, long start) {
      try {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
            .truncate(start)
            .position(start);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void append(ByteBuffer bytes) {
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static void move(Path part, Path target) {
      try {
        Files.move(
            part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
