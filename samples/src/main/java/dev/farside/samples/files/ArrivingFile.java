package dev.farside.samples.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file whose content arrives bit by bit, in a hidden file next to its place; it takes its place
 * when it is complete, or leaves no trace. Thread-safe by its own lock: it may be closed while a
 * piece is written.
 */
final class ArrivingFile implements AutoCloseable {
  private final Path target;
  private final Path hidden;
  private final FileChannel channel;

  private ArrivingFile(Path target, Path hidden, FileChannel channel) {
    this.target = target;
    this.hidden = hidden;
    this.channel = channel;
  }

  static ArrivingFile at(Path target, String name) throws IOException {
    try {
      Path hidden = target.resolveSibling(".arriving-" + UUID.randomUUID());
      return new ArrivingFile(
          target,
          hidden,
          FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(name);
    }
  }

  synchronized void append(ByteBuffer bytes) {
    try {
      while (channel.isOpen() && bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts it in its place; gives its size. */
  synchronized long complete() throws IOException {
    long size = channel.position();
    channel.close();
    Files.move(hidden, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return size;
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
      Files.deleteIfExists(hidden);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
