package dev.farside.rsocket;

import dev.farside.Listener;
import java.io.BufferedReader;
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

/**
 * A second JVM, with this JVM's class path, that runs a {@code main} which listens, prints its URI
 * as its first line ({@link #serve}), and ends when its standard input does.
 */
final class OtherJvm implements AutoCloseable {
  private final Process process;
  private final String uri;

  private OtherJvm(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  static OtherJvm running(Class<?> main) {
    return start(main, System.getProperty("java.class.path"), List.of(), List.of());
  }

  /** As {@link #running}, with these arguments of the program. */
  static OtherJvm runningOn(Class<?> main, String... arguments) {
    return start(main, System.getProperty("java.class.path"), List.of(), List.of(arguments));
  }

  /** As {@link #running}, with these arguments of the virtual machine. */
  static OtherJvm runningWith(Class<?> main, String... jvmArguments) {
    return start(main, System.getProperty("java.class.path"), List.of(jvmArguments), List.of());
  }

  /** As {@link #running}, but these test classes are missing there. */
  static OtherJvm runningWithout(Class<?> main, Class<?>... missing) {
    try {
      Path testClasses =
          Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath());
      Path copy = Files.createTempDirectory("farside-test-classes");
      copy(testClasses, copy, Arrays.stream(missing).map(Class::getName).toList());
      String path = System.getProperty("java.class.path");
      return start(
          main, path.replace(testClasses.toString(), copy.toString()), List.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #running}, but the libraries whose files begin so are missing there. */
  static OtherJvm runningWithoutLibrary(Class<?> main, String library) {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().startsWith(library))
            .collect(Collectors.joining(File.pathSeparator));
    return start(main, path, List.of(), List.of());
  }

  /** For the {@code main} over there: tells where it listens and waits until it shall end. */
  static void serve(Listener listener) throws IOException {
    System.out.println(listener.uri());
    while (System.in.read() >= 0) {
      // the parent only ever closes it
    }
    listener.close();
  }

  String uri() {
    return uri;
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
      process.getOutputStream().close();
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

  private static OtherJvm start(
      Class<?> main, String classPath, List<String> jvmArguments, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String uri = out.readLine(); // or whatever it prints first
      if (uri == null) {
        throw new IllegalStateException("The other JVM ended at once: " + command);
      }
      return new OtherJvm(process, uri);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to, List<String> missing) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).collect(Collectors.toList());
    }
    for (Path file : files) {
      String name = from.relativize(file).toString().replace('/', '.').replace(".class", "");
      if (missing.stream().noneMatch(m -> name.equals(m) || name.startsWith(m + "$"))) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
