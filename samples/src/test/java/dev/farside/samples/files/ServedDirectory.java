package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A directory that a second JVM serves with the real program. */
final class ServedDirectory implements AutoCloseable {
  private final Path path;
  private final SecondJvm server;

  ServedDirectory(Path path) {
    this.path = path;
    this.server =
        SecondJvm.start(
            Main.class,
            "serve",
            path.toString(),
            "--listen=tcp://127.0.0.1:0",
            "--until-end-of-input");
  }

  String uri() {
    return server.uri();
  }

  Path path(String name) {
    return path.resolve(name);
  }

  /** A file of random bytes, the same for the same size. */
  Path random(String name, int size) throws IOException {
    return Files.write(path(name), randomBytes(size));
  }

  static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** A file of zeros that takes a while to transfer and no time to make. */
  Path huge(String name, long size) throws IOException {
    try (var file = new RandomAccessFile(path(name).toFile(), "rw")) {
      file.setLength(size);
    }
    return path(name);
  }

  /** The server does not have this file open; known on Linux only. */
  void assertNotOpen(Path file) throws IOException {
    Path open = Path.of("/proc", Long.toString(server.pid()), "fd");
    if (Files.isDirectory(open)) {
      try (var descriptors = Files.list(open)) {
        assertThat(descriptors.map(ServedDirectory::target)).doesNotContain(file.toString());
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

  void kill() {
    server.kill();
  }

  @Override
  public void close() {
    server.close();
  }
}
