package dev.farside.samples.files;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** There is something by this name, but it has no bytes: a directory, a device. */
public final class NotAFileException extends FileSystemException {
  private static final long serialVersionUID = 1;

  /** As {@link FileSystemException}. */
  public NotAFileException(String file, @Nullable String other, @Nullable String reason) {
    super(file, other, reason);
  }
}
