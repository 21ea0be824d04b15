package dev.farside.samples.files;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A directory of another machine. Paths are relative to it, and none leads out of it. Nothing
 * happens before somebody subscribes; content is read and written as fast as the slower side goes.
 *
 * <p>Failures are those of {@link java.nio.file.Files}, above all {@link
 * java.nio.file.NoSuchFileException} and {@link java.nio.file.AccessDeniedException}; besides,
 * {@link NotAFileException} and {@link OutsideDirectoryException}.
 */
public interface RemoteDirectory {
  /** What a path names; a symbolic link is followed. */
  Mono<FileInfo> stat(String path);

  /** The entries of a directory in no order; of a file, the file. */
  Flux<FileInfo> list(String path);

  /**
   * The bytes of a file, in pieces of any size.
   *
   * @param offset where to begin, in bytes; behind the end of the file there is nothing
   * @param length how many bytes at most
   */
  Flux<ByteBuffer> read(String path, long offset, long length);

  /** As {@link #read}, but never ends: what is appended later follows. */
  Flux<ByteBuffer> follow(String path, long offset);

  /** The offset at which the last so many lines of a file begin. */
  Mono<Long> lastLines(String path, int count);

  /**
   * Makes or replaces a file. Until all of its content has arrived, the old file is in place.
   *
   * @return how many bytes were written
   */
  Mono<Long> write(String path, Flux<ByteBuffer> content);

  /**
   * The SHA-256 of the first bytes of a file, in hexadecimal digits, computed where the file is.
   *
   * @param length how many bytes at most
   */
  Mono<String> sha256(String path, long length);
}
