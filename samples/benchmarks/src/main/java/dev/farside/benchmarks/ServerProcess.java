package dev.farside.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server in a JVM of its own, which ends when its standard input does. */
record ServerProcess(Process process, String address) implements Server {
  static ServerProcess start(Library library) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xms1g",
                  "-Xmx1g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ServerProcess.class.getName(),
                  library.name())
              .redirectError(Redirect.INHERIT)
              .start();
      return new ServerProcess(process, firstLine(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(Process process) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("The server's JVM ended at once");
    }
    return line;
  }

  /** In the other JVM: serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    try (Server server = Library.valueOf(args[0]).serve()) {
      System.out.println(server.address());
      while (System.in.read() >= 0) {
        // the parent only ever closes it
      }
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
