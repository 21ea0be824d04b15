package dev.farside.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces: a list of four parts for each frame: class, method, file, line. A line {@code
 * farside.hidden(3 frames)} stands for those that this side does not show, {@code farside.left
 * out(…)} for the middle of a long stack.
 */
final class StackFrames {
  private static final int PARTS = 4;
  private static final String NO_FILE = "";
  private static final int MAX = 1024;
  private static final int TAIL = 256;

  private StackFrames() {}

  static void write(
      StackTraceElement[] frames, Predicate<StackTraceElement> shown, ValueWriter out) {
    List<StackTraceElement> sent = bounded(visible(frames, shown));
    out.throwables().addFrames(sent.size());
    out.list(sent.size() * PARTS);
    for (StackTraceElement frame : sent) {
      @Nullable String file = frame.getFileName();
      out.type(frame.getClassName());
      out.type(frame.getMethodName());
      out.type(file == null ? NO_FILE : file);
      out.integer(frame.getLineNumber());
    }
  }

  private static List<StackTraceElement> visible(
      StackTraceElement[] frames, Predicate<StackTraceElement> shown) {
    var visible = new ArrayList<StackTraceElement>(Math.min(frames.length, MAX));
    int hidden = 0;
    for (StackTraceElement frame : frames) {
      if (shown.test(frame)) {
        addLine(visible, "hidden", hidden);
        hidden = 0;
        visible.add(frame);
      } else {
        hidden++;
      }
    }
    addLine(visible, "hidden", hidden);
    return visible;
  }

  /** Of too many, the first, where it was thrown, and the last, where it all began. */
  private static List<StackTraceElement> bounded(List<StackTraceElement> frames) {
    if (frames.size() <= MAX) {
      return frames;
    }
    int tail = frames.size() - TAIL;
    int head = MAX - TAIL - 1;
    var bounded = new ArrayList<>(frames.subList(0, head));
    addLine(bounded, "left out", tail - head);
    bounded.addAll(frames.subList(tail, frames.size()));
    return bounded;
  }

  private static void addLine(List<StackTraceElement> to, String what, int frames) {
    if (frames > 0) {
      String count = frames == 1 ? "1 frame" : frames + " frames";
      to.add(new StackTraceElement("farside", what, count, -1));
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
