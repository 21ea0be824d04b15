package dev.farside.codec;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a stack as a value: class, method, file, line, class loader, module and its version,
 * empty if there is none. Java lets nobody make one that has a loader or a version but does not
 * print it: those are left out, so that the copy prints as the original does.
 */
final class FrameParts {
  private FrameParts() {}

  static List<Object> of(StackTraceElement frame) {
    StackTraceElement printed = printed(frame);
    return List.of(
        printed.getClassName(),
        printed.getMethodName(),
        text(printed.getFileName()),
        printed.getLineNumber(),
        text(printed.getClassLoaderName()),
        text(printed.getModuleName()),
        text(printed.getModuleVersion()));
  }

  private static StackTraceElement printed(StackTraceElement frame) {
    for (String loader : List.of(text(frame.getClassLoaderName()), "")) {
      for (String version : List.of(text(frame.getModuleVersion()), "")) {
        StackTraceElement copy = copy(frame, loader, version);
        if (copy.toString().equals(frame.toString())) {
          return copy;
        }
      }
    }
    return frame;
  }

  private static StackTraceElement copy(StackTraceElement frame, String loader, String version) {
    return new StackTraceElement(
        loader,
        frame.getModuleName(),
        version,
        frame.getClassName(),
        frame.getMethodName(),
        frame.getFileName(),
        frame.getLineNumber());
  }

  static StackTraceElement toFrame(AtomParts parts) {
    String type = parts.text();
    String method = parts.text();
    @Nullable String file = parts.optionalText();
    int line = parts.integer();
    return new StackTraceElement(
        parts.optionalText(), parts.optionalText(), parts.optionalText(), type, method, file, line);
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
