package dev.farside.samples.files;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A directory none of which may be touched: real ones are no such for whoever is root. */
final class RefusingServer implements RemoteDirectory {
  public static void main(String[] args) throws IOException {
    try (Farside side = Farside.builder().bind("directory", new RefusingServer()).build();
        Listener listener = side.listenNow("tcp://127.0.0.1:0")) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
  }

  @Override
  public Mono<FileInfo> stat(String path) {
    return Mono.error(new AccessDeniedException(path));
  }

  @Override
  public Flux<FileInfo> list(String path) {
    return Flux.error(new AccessDeniedException(path));
  }

  @Override
  public Flux<ByteBuffer> read(String path, long offset, long length) {
    return Flux.error(new AccessDeniedException(path));
  }

  @Override
  public Flux<ByteBuffer> follow(String path, long offset) {
    return Flux.error(new AccessDeniedException(path));
  }

  @Override
  public Mono<Long> lastLines(String path, int count) {
    return Mono.error(new AccessDeniedException(path));
  }

  @Override
  public Mono<Long> write(String path, Flux<ByteBuffer> content) {
    return Mono.error(new AccessDeniedException(path));
  }

  @Override
  public Mono<String> sha256(String path, long length) {
    return Mono.error(new AccessDeniedException(path));
  }
}
