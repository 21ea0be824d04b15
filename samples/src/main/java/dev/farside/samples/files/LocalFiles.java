package dev.farside.samples.files;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a user names on this machine. */
final class LocalFiles {
  private LocalFiles() {}

  /** Fails if there is something that is no file: to open a pipe, say, may wait forever. */
  static void requireFileOrNothing(Path path) throws NotAFileException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw notAFile(path);
    }
  }

  /** The failure for what is there and is no file. */
  static NotAFileException notAFile(Path path) {
    return new NotAFileException(
        shown(path), null, Files.isDirectory(path) ? "is a directory" : "is not a regular file");
  }

  /** A path as messages show it; the empty one can be seen. */
  static String shown(Path path) {
    return path.toString().isEmpty() ? "''" : path.toString();
  }
}
