package dev.farside.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** A file as buffers: the reader that both libraries send from. */
final class Chunks {
  /** With its header still below the fragment size. */
  private static final int BYTES = 60 << 10;

  private Chunks() {}

  static Flux<ByteBuffer> of(String path) {
    return Flux.using(
        () -> FileChannel.open(Path.of(path)),
        file -> Flux.generate(sink -> next(file, sink)),
        Chunks::close);
  }

  private static void next(FileChannel file, SynchronousSink<ByteBuffer> sink) {
    ByteBuffer chunk = ByteBuffer.allocate(BYTES);
    try {
      if (file.read(chunk) < 0) {
        sink.complete();
      } else {
        sink.next(chunk.flip());
      }
    } catch (IOException e) {
      sink.error(e);
    }
  }

  private static void close(FileChannel file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
