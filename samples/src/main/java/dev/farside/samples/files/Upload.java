package dev.farside.samples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import reactor.core.publisher.Flux;

/** Copies a local file to a remote directory, and compares their checksums. */
final class Upload {
  private final RemoteDirectory directory;
  private final Path source;
  private final String path;
  private final Meter meter;

  Upload(RemoteDirectory directory, Path source, String path, Meter meter) {
    this.directory = directory;
    this.source = source;
    this.path = path;
    this.meter = meter;
  }

  /**
   * Copies.
   *
   * @throws ChangedFileException if the file at the owner is another one afterwards
   */
  void run() throws IOException {
    Path local = source.toRealPath();
    if (!Files.isRegularFile(local)) {
      throw LocalFiles.notAFile(source);
    }
    meter.begin(0, Files.size(local));
    MessageDigest digest = FileChunks.newSha256();
    Flux<ByteBuffer> content =
        FileChunks.of(local, source.toString(), 0, Long.MAX_VALUE)
            .doOnNext(
                chunk -> {
                  digest.update(chunk.duplicate());
                  meter.add(chunk.remaining());
                });
    try {
      directory.write(path, content).block();
    } finally {
      meter.erase();
    }
    String there = Objects.requireNonNull(directory.sha256(path, Long.MAX_VALUE).block(), "hash");
    if (!there.equals(FileChunks.hex(digest))) {
      throw new ChangedFileException(path);
    }
  }
}
