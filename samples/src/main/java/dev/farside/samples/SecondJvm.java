package dev.farside.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM with this one's class path. Its program prints where it listens as its first line and
 * ends when its standard input does, so it never outlives this JVM.
 */
public final class SecondJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final String uri;

  private SecondJvm(Process process, BufferedReader out, String uri) {
    this.process = process;
    this.out = out;
    this.uri = uri;
  }

  /** Starts a program with a heap of 64 MiB and waits for its first line. */
  public static SecondJvm start(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    Collections.addAll(command, arguments);
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      @Nullable String uri = out.readLine();
      if (uri == null) {
        throw new IllegalStateException("The other JVM ended at once: " + command);
      }
      return new SecondJvm(process, out, uri);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the program over there: waits until this JVM, which started it, wants it to end. */
  public static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // whoever started us only ever closes it
    }
  }

  /** Its first line. */
  public String uri() {
    return uri;
  }

  /** Its next line; null when it has ended. */
  public @Nullable String nextLine() throws IOException {
    return out.readLine();
  }

  /** The number that the operating system gave it. */
  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The other JVM did not end by itself");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
