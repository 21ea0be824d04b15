package dev.farside.samples.files;

import java.nio.file.FileSystemException;

/** A file is not the same at both sides after it was transferred. */
final class ChangedFileException extends FileSystemException {
  private static final long serialVersionUID = 1;

  ChangedFileException(String file) {
    super(file, null, "changed while it was transferred");
  }
}
