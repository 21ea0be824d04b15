package dev.farside.samples.files;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A directory that never answers, and notes in a file that it was asked. */
final class SilentServer implements RemoteDirectory {
  private final Path asked;

  private SilentServer(Path asked) {
    this.asked = asked;
  }

  public static void main(String[] args) throws IOException {
    try (Farside side =
            Farside.builder().bind("directory", new SilentServer(Path.of(args[0]))).build();
        Listener listener = side.listenNow("tcp://127.0.0.1:0")) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
  }

  private <T> Mono<T> never() {
    return Mono.fromCallable(() -> Files.writeString(asked, "asked")).then(Mono.never());
  }

  @Override
  public Mono<FileInfo> stat(String path) {
    return never();
  }

  @Override
  public Flux<FileInfo> list(String path) {
    return this.<FileInfo>never().flux();
  }

  @Override
  public Flux<ByteBuffer> read(String path, long offset, long length) {
    return this.<ByteBuffer>never().flux();
  }

  @Override
  public Flux<ByteBuffer> follow(String path, long offset) {
    return this.<ByteBuffer>never().flux();
  }

  @Override
  public Mono<Long> lastLines(String path, int count) {
    return never();
  }

  @Override
  public Mono<Long> write(String path, Flux<ByteBuffer> content) {
    return never();
  }

  @Override
  public Mono<String> sha256(String path, long length) {
    return never();
  }
}
