package dev.farside.codec.elsewhere;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Exceptions of a package whose classes the codec cannot reach. */
@NullMarked
public final class Failures {
  private Failures() {}

  /** A failure whose public constructor is that of a class that is not. */
  public static FileSystemException outOfReach(
      String file, @Nullable String other, @Nullable String reason) {
    return new OutOfReach(file, other, reason);
  }

  static final class OutOfReach extends FileSystemException {
    private static final long serialVersionUID = 1;

    public OutOfReach(@Nullable String file, @Nullable String other, @Nullable String reason) {
      super(file, other, reason);
    }
  }
}
