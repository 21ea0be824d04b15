package dev.farside.samples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A directory of this machine, offered to peers. An ordinary reactive class: it knows nothing of
 * connections. All file access happens on threads that may block. Thread-safe.
 */
final class ExportedDirectory implements RemoteDirectory {
  private static final Duration FOLLOW_EVERY = Duration.ofMillis(200);
  private static final int WRITE_AHEAD = 16;

  private final ExportedPaths paths;

  ExportedDirectory(Path directory) throws IOException {
    this.paths = new ExportedPaths(directory);
  }

  @Override
  public Mono<FileInfo> stat(String path) {
    return blocking(() -> info(paths.existing(path)));
  }

  @Override
  public Flux<FileInfo> list(String path) {
    return blocking(() -> paths.existing(path))
        .flatMapMany(ExportedDirectory::entries)
        .handle(
            (entry, sink) -> {
              @Nullable FileInfo info = infoIfThere(entry);
              if (info != null) {
                sink.next(info);
              }
            });
  }

  @SuppressWarnings("StreamResourceLeak") // using() closes it
  private static Flux<Path> entries(Path real) {
    return Files.isDirectory(real)
        ? Flux.using(() -> Files.newDirectoryStream(real), Flux::fromIterable)
        : Flux.just(real);
  }

  @Override
  public Flux<ByteBuffer> read(String path, long offset, long length) {
    return blocking(() -> paths.file(path))
        .flatMapMany(file -> FileChunks.of(file, path, offset, length));
  }

  @Override
  public Flux<ByteBuffer> follow(String path, long offset) {
    return Flux.defer(
        () -> {
          var position = new AtomicLong(offset);
          return Flux.defer(() -> added(path, position))
              .doOnNext(bytes -> position.addAndGet(bytes.remaining()))
              .repeatWhen(ends -> ends.delayElements(FOLLOW_EVERY));
        });
  }

  /** What follows a position; a file that has shrunk is new. */
  private Flux<ByteBuffer> added(String path, AtomicLong position) {
    return stat(path)
        .flatMapMany(
            info -> {
              if (info.size() < position.get()) {
                position.set(0);
              }
              return read(path, position.get(), Long.MAX_VALUE);
            });
  }

  @Override
  public Mono<Long> lastLines(String path, int count) {
    return blocking(() -> LastLines.offset(paths.file(path), count));
  }

  @Override
  public Mono<Long> write(String path, Flux<ByteBuffer> content) {
    return Mono.using(
            () -> ArrivingFile.at(paths.target(path), path),
            file ->
                content
                    .publishOn(Schedulers.boundedElastic(), WRITE_AHEAD)
                    .doOnNext(file::append)
                    .then(Mono.fromCallable(file::complete)))
        .subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public Mono<String> sha256(String path, long length) {
    return FileChunks.sha256(read(path, 0, length));
  }

  private static <T> Mono<T> blocking(Callable<T> access) {
    return Mono.fromCallable(access).subscribeOn(Schedulers.boundedElastic());
  }

  private static @Nullable FileInfo infoIfThere(Path entry) {
    try {
      return info(entry);
    } catch (IOException e) {
      return null; // deleted since it was listed
    }
  }

  private static FileInfo info(Path entry) throws IOException {
    var attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    @Nullable Path name = entry.getFileName();
    return new FileInfo(
        name == null ? "/" : name.toString(),
        kind(attributes),
        attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }

  private static FileInfo.Kind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return FileInfo.Kind.FILE;
    }
    if (attributes.isDirectory()) {
      return FileInfo.Kind.DIRECTORY;
    }
    return attributes.isSymbolicLink() ? FileInfo.Kind.LINK : FileInfo.Kind.OTHER;
  }
}
