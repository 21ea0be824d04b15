package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/** Stack traces: a list of four parts for each frame: class, method, file, line. */
final class StackFrames {
  private static final int PARTS = 4;
  private static final String NO_FILE = "";

  private StackFrames() {}

  static void write(StackTraceElement[] frames, int max, ValueWriter out) {
    int count = Math.min(frames.length, max);
    out.list(PARTS * count);
    for (int i = 0; i < count; i++) {
      @Nullable String file = frames[i].getFileName();
      out.type(frames[i].getClassName());
      out.type(frames[i].getMethodName());
      out.type(file == null ? NO_FILE : file);
      out.integer(frames[i].getLineNumber());
    }
  }

  static StackTraceElement[] read(ValueReader in) {
    int parts = in.list();
    if (parts % PARTS != 0) {
      throw in.malformed("a stack trace has " + parts + " parts");
    }
    var frames = new StackTraceElement[parts / PARTS];
    for (int i = 0; i < frames.length; i++) {
      String type = in.type();
      String method = in.type();
      String file = in.type();
      frames[i] =
          new StackTraceElement(type, method, file.equals(NO_FILE) ? null : file, in.integer());
    }
    return frames;
  }
}
