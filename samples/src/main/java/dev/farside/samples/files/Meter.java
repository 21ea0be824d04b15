package dev.farside.samples.files;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of a transfer, and draws a bar with the rate if somebody looks. Used by one
 * thread at a time.
 */
final class Meter {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintStream screen;
  private final boolean visible;
  private final long begun = System.nanoTime();
  private long first;
  private long done;
  private long total;
  private long drawn;

  Meter(PrintStream screen, boolean visible) {
    this.screen = screen;
    this.visible = visible;
  }

  /** Whether somebody looks. */
  @SuppressWarnings("SystemConsoleNull") // it is null on Java 17; from 22 on it can be asked
  static boolean hasConsole() {
    @Nullable Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** So much is there already, of so much. */
  void begin(long resumedAt, long size) {
    first = resumedAt;
    done = resumedAt;
    total = size;
  }

  /** So many bytes more. */
  void add(int bytes) {
    done += bytes;
    long now = System.nanoTime();
    if (visible && now - drawn > REDRAW_NANOS) {
      drawn = now;
      draw();
    }
  }

  /** How many bytes are there. */
  long done() {
    return done;
  }

  /** Where the transfer began. */
  long resumedAt() {
    return first;
  }

  /** Takes the bar away. */
  void erase() {
    if (visible && drawn != 0) {
      screen.print("\r" + " ".repeat(WIDTH + 40) + "\r");
      screen.flush();
    }
  }

  /** What was transferred, in what time, at what rate. */
  String summary() {
    return String.format(
        Locale.ROOT, "%,d bytes in %.1f s, %.0f MB/s", done - first, seconds(), rate());
  }

  /** Megabytes a second since the beginning. */
  double rate() {
    return (done - first) / 1e6 / seconds();
  }

  private double seconds() {
    return Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
  }

  private void draw() {
    double part = total == 0 ? 1 : Math.min(1, (double) done / total);
    int filled = (int) (part * WIDTH);
    screen.printf(
        Locale.ROOT,
        "\r%3.0f%% [%s%s] %,.0f MB %5.0f MB/s ",
        100 * part,
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        done / 1e6,
        rate());
    screen.flush();
  }
}
