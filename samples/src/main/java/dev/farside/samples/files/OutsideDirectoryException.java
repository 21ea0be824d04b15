package dev.farside.samples.files;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A path leads out of the exported directory. */
public final class OutsideDirectoryException extends FileSystemException {
  private static final long serialVersionUID = 1;

  /** As {@link FileSystemException}. */
  public OutsideDirectoryException(String file, @Nullable String other, @Nullable String reason) {
    super(file, other, reason);
  }
}
