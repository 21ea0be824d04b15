package dev.farside.samples.everyday;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.RemoteFunction;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Uses files and threads of the server. Give it the server's address and a text file there. */
public final class EverydayClient {
  private EverydayClient() {}

  /** Prints what it did. */
  public static void main(String[] args) throws Exception {
    run(args[0], args[1], System.out);
  }

  static void run(String uri, String file, PrintStream out) throws Exception {
    try (Farside side = Farside.create();
        Peer remote = side.connectNow(uri)) {
      RemoteFunction<String, InputStream> open = remote.importFunction(FileInputStream::new);
      read(open, file, out);
      copy(open, file, out);
      work(remote, out);
    }
  }

  private static void read(RemoteFunction<String, InputStream> open, String file, PrintStream out)
      throws Exception {
    try (var reader =
        new BufferedReader(new InputStreamReader(open.apply(file), StandardCharsets.UTF_8))) {
      out.println("lines: " + reader.lines().count());
    }
    try (var scanner = new Scanner(open.apply(file), StandardCharsets.UTF_8)) {
      out.println("words: " + scanner.tokens().count());
    }
  }

  private static void copy(RemoteFunction<String, InputStream> open, String file, PrintStream out)
      throws Exception {
    Path copy = Files.createTempDirectory("farside").resolve("copy");
    try (InputStream in = open.apply(file)) {
      out.println("copied: " + Files.copy(in, copy) + " bytes");
    }
    Files.delete(copy);
    Files.delete(copy.getParent());
  }

  /** Tasks of theirs run over there; a task of ours is called back from there. */
  private static void work(Peer remote, PrintStream out) throws Exception {
    ExecutorService pool = remote.lookup("pool", ExecutorService.class);
    Work work = remote.lookup("work", Work.class);
    Future<String> theirs = pool.submit(work.factorial(20));
    out.println("20! = " + theirs.get());
    Callable<String> ours = () -> "ours ran on " + Thread.currentThread().getName();
    List<Future<String>> all = pool.invokeAll(List.of(work.factorial(3), ours));
    out.println("3! = " + all.get(0).get());
    out.println(all.get(1).get().startsWith("ours ran on farside-worker") ? "ours ran here" : "?");
  }
}
