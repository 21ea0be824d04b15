package dev.farside.samples.files;

import dev.farside.NoSuchNameException;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.ProtocolException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import reactor.core.Exceptions;

/** Turns what a command throws into one line on standard error and an exit code. */
final class FailureLine implements IExecutionExceptionHandler {
  /** The first that fits counts. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(NoSuchFileException.class, ExitCodes.NO_SUCH_FILE, "no such file"),
          new Kind(FileNotFoundException.class, ExitCodes.NO_SUCH_FILE, "no such file"),
          new Kind(NotAFileException.class, ExitCodes.NOT_A_FILE, "is not a file"),
          new Kind(AccessDeniedException.class, ExitCodes.PERMISSION_DENIED, "permission denied"),
          new Kind(OutsideDirectoryException.class, ExitCodes.OUTSIDE_DIRECTORY, "is outside"),
          new Kind(ChangedFileException.class, ExitCodes.FILE_CHANGED, "has changed"),
          new Kind(UncheckedIOException.class, ExitCodes.LOCAL_FILE, "cannot be used"),
          new Kind(IOException.class, ExitCodes.UNEXPECTED, "cannot be used"),
          new Kind(IllegalArgumentException.class, CommandLine.ExitCode.USAGE, "is wrong"),
          new Kind(NoSuchNameException.class, ExitCodes.NO_DIRECTORY_SERVED, "serves nothing"),
          new Kind(NoSuchRemoteMethodException.class, ExitCodes.NO_DIRECTORY_SERVED, "is other"),
          new Kind(ProtocolException.class, ExitCodes.NO_DIRECTORY_SERVED, "is no side"),
          new Kind(Throwable.class, ExitCodes.UNEXPECTED, "failed"));

  private record Kind(Class<? extends Throwable> type, int exitCode, String words) {}

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult arguments) {
    Throwable failure = Exceptions.unwrap(thrown);
    commandLine.getErr().println("farside-files: " + line(failure).replaceAll("\\R", " "));
    return failure instanceof CommandFailure known ? known.exitCode() : kind(failure).exitCode();
  }

  private static String line(Throwable failure) {
    if (failure instanceof UncheckedIOException local) {
      return line(Objects.requireNonNull(local.getCause(), "cause"));
    }
    if (failure instanceof FileSystemException file && file.getFile() != null) {
      @Nullable String reason = file.getReason();
      return file.getFile() + ": " + (reason == null ? kind(failure).words() : reason);
    }
    @Nullable String message = failure.getMessage();
    return message == null ? kind(failure).words() + ": " + failure : message;
  }

  private static Kind kind(Throwable failure) {
    return KINDS.stream().filter(k -> k.type().isInstance(failure)).findFirst().orElseThrow();
  }
}
