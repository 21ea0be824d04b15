package dev.farside.rsocket;

import dev.farside.Listener;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A second JVM that runs a {@code main} which listens, prints its URI as its first line ({@link
 * #serve}), and ends when its standard input does.
 */
public final class OtherJvm implements AutoCloseable {
  /** What a JVM is started with. */
  record Kind(String classPath, List<String> jvmArguments) {
    /** With this JVM's class path. */
    static Kind like(String... jvmArguments) {
      return new Kind(System.getProperty("java.class.path"), List.of(jvmArguments));
    }

    /** These test classes are missing there. */
    static Kind without(Class<?>... missing) {
      try {
        Path testClasses =
            Path.of(missing[0].getProtectionDomain().getCodeSource().getLocation().getPath());
        Path copy = Files.createTempDirectory("farside-test-classes");
        copy(testClasses, copy, Arrays.stream(missing).map(Class::getName).toList());
        String path = System.getProperty("java.class.path");
        return new Kind(path.replace(testClasses.toString(), copy.toString()), List.of());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The libraries whose files begin so are missing there. */
    static Kind withoutLibrary(String library) {
      String path =
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> !new File(entry).getName().startsWith(library))
              .collect(Collectors.joining(File.pathSeparator));
      return new Kind(path, List.of());
    }

    /** For as long as this JVM runs. */
    private static void copy(Path from, Path to, List<String> missing) throws IOException {
      List<Path> entries;
      try (Stream<Path> walk = Files.walk(from)) {
        entries = walk.collect(Collectors.toList());
      }
      for (Path entry : entries) {
        Path name = from.relativize(entry);
        Path target = to.resolve(name);
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else if (missing.stream().noneMatch(type -> isOf(type, name))) {
          Files.copy(entry, target);
        }
        target.toFile().deleteOnExit();
      }
    }

    private static boolean isOf(String type, Path file) {
      String name = file.toString().replace(File.separatorChar, '.').replace(".class", "");
      return name.equals(type) || name.startsWith(type + "$");
    }
  }

  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private final Kind kind;
  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;
  private String line;

  private OtherJvm(Kind kind, Process process) {
    this.kind = kind;
    this.process = process;
    output = process.inputReader(StandardCharsets.UTF_8);
    input = process.outputWriter(StandardCharsets.UTF_8);
    line = nextLine();
  }

  public static OtherJvm running(Class<?> main, String... arguments) {
    return start(main, Kind.like(), List.of(arguments));
  }

  static OtherJvm start(Class<?> main, Kind kind, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.addAll(kind.jvmArguments());
    command.addAll(List.of("-cp", kind.classPath(), main.getName()));
    command.addAll(arguments);
    try {
      return new OtherJvm(
          kind, new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the {@code main} over there: tells where it listens and waits until it shall end. */
  static void serve(Listener listener) throws IOException {
    System.out.println(listener.uri());
    told();
    listener.close();
  }

  /** For the {@code main} over there: what it is told next; null if no more. */
  public static @Nullable String told() throws IOException {
    return INPUT.readLine();
  }

  /** For the test: says so to the {@code main}, which answers by a line or not. */
  public void tell(String text) {
    try {
      input.write(text);
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Kind kind() {
    return kind;
  }

  /** What it printed first, or last where {@link #nextLine} was called. */
  String line() {
    return line;
  }

  /** Waits for what it prints next. */
  public String nextLine() {
    try {
      String next = output.readLine();
      if (next == null) {
        throw new IllegalStateException("The other JVM has ended: " + process);
      }
      line = next;
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, if that is what it prints first. */
  public String uri() {
    return line;
  }

  /** Whether it has not ended. */
  boolean isRunning() {
    return process.isAlive();
  }

  /** Whether it ends by itself within this time, without being told to. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it as a crash would. */
  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  @Override
  public void close() {
    try {
      input.close();
      waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private void waitFor() {
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
