package dev.farside.samples.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * The bytes of a local file as a stream. A piece is read when it is asked for, on a thread that may
 * block; the file is open from the subscription until the end, a failure or a cancel.
 */
final class FileChunks {
  /** What fits, with its header, into one frame of 64 KiB. */
  private static final int CHUNK = 60 << 10;

  private static final int READ_AHEAD = 32;

  /** Takes a piece and says whether it wants the next one. */
  @FunctionalInterface
  interface Receiver {
    boolean accept(ByteBuffer chunk) throws IOException;
  }

  private final FileChannel channel;
  private final String name;
  private long left;

  private FileChunks(FileChannel channel, String name, long length) {
    this.channel = channel;
    this.name = name;
    this.left = length;
  }

  /**
   * Some bytes of a file.
   *
   * @param name what failures call it
   */
  static Flux<ByteBuffer> of(Path file, String name, long offset, long length) {
    return Flux.generate(
            () -> open(file, name, offset, length), FileChunks::next, FileChunks::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  /** Takes pieces as they come, on this thread, until one is refused. */
  static void forEach(Flux<ByteBuffer> content, Receiver receiver) throws IOException {
    try (Stream<ByteBuffer> chunks = content.toStream(READ_AHEAD)) {
      Iterator<ByteBuffer> next = chunks.iterator();
      while (next.hasNext() && receiver.accept(next.next())) {
        // the receiver does the work
      }
    }
  }

  /** The hexadecimal SHA-256 of bytes. */
  static Mono<String> sha256(Flux<ByteBuffer> content) {
    return content.collect(FileChunks::newSha256, MessageDigest::update).map(FileChunks::hex);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static FileChunks open(Path file, String name, long offset, long length)
      throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
              .position(offset);
      return new FileChunks(channel, name, length);
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(name);
    }
  }

  private FileChunks next(SynchronousSink<ByteBuffer> sink) {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(left, CHUNK));
    try {
      if (left == 0 || channel.read(chunk) < 0) {
        sink.complete();
      } else {
        left -= chunk.position();
        sink.next(chunk.flip());
      }
    } catch (IOException e) {
      sink.error(new FileSystemException(name, null, e.getMessage()));
    }
    return this;
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
