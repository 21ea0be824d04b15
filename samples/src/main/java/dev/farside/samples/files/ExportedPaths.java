package dev.farside.samples.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a directory as peers name them, and the only place that decides where they lead: no
 * {@code ..}, no absolute path and no symbolic link leads out. Failures name the path as the peer
 * did, never the owner's.
 */
final class ExportedPaths {
  private final Path root;

  ExportedPaths(Path directory) throws IOException {
    if (directory.toString().isEmpty()) {
      throw new NoSuchFileException("''", null, "is an empty path; . is this directory");
    }
    this.root = directory.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotAFileException(directory.toString(), null, "is not a directory");
    }
  }

  /** Something that is there, without symbolic links in its path. */
  Path existing(String path) throws IOException {
    return real(inside(path), path);
  }

  /** As {@link #existing}, and it has bytes. */
  Path file(String path) throws IOException {
    Path real = existing(path);
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw notAFile(real, path);
    }
    return real;
  }

  /** Where a file may be put: its directory is there, and nothing but a file is in its place. */
  Path target(String path) throws IOException {
    Path lexical = inside(path);
    @Nullable Path parent = lexical.getParent();
    if (lexical.equals(root) || parent == null) {
      throw notAFile(root, path);
    }
    Path target = real(parent, path).resolve(parent.relativize(lexical));
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw notAFile(target, path);
    }
    return target;
  }

  private Path inside(String path) throws IOException {
    if (path.isEmpty()) {
      throw new NoSuchFileException("''", null, "is an empty path; . is the exported directory");
    }
    try {
      Path lexical = root.resolve(path).normalize();
      if (Path.of(path).isAbsolute() || !lexical.startsWith(root)) {
        throw outside(path);
      }
      return lexical;
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(path, null, e.getReason());
    }
  }

  private Path real(Path lexical, String asNamed) throws IOException {
    Path real;
    try {
      real = lexical.toRealPath();
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(asNamed);
    } catch (IOException e) {
      throw new NoSuchFileException(asNamed);
    }
    if (!real.startsWith(root)) {
      throw outside(asNamed);
    }
    return real;
  }

  private static OutsideDirectoryException outside(String path) {
    return new OutsideDirectoryException(path, null, "leads out of the exported directory");
  }

  private static NotAFileException notAFile(Path real, String path) {
    return new NotAFileException(
        path, null, Files.isDirectory(real) ? "is a directory" : "is not a regular file");
  }
}
