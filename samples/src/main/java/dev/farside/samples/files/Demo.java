package dev.farside.samples.files;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.samples.SecondJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows it all: a server in a second JVM, a large file there and back, rates and memory. */
@Command(
    name = "demo",
    description = "Starts a server in a second JVM and copies a large file there and back.",
    mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
  private static final int BLOCK = 1 << 20;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "Of the file, as 64MiB or 1GiB. Default: ${DEFAULT-VALUE}",
      converter = Size.class,
      defaultValue = "256MiB")
  private long size;

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // by picocli, before call()
  private Main main;

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createTempDirectory("farside-demo");
    try {
      Path served = Files.createDirectory(directory.resolve("served"));
      generate(served.resolve("big.bin"));
      return copyBothWays(served, directory);
    } finally {
      delete(directory);
    }
  }

  private int copyBothWays(Path served, Path here) throws IOException {
    try (SecondJvm server =
            SecondJvm.start(
                Main.class,
                "serve",
                served.toString(),
                "--listen=tcp://127.0.0.1:0",
                "--until-end-of-input");
        Peer peer = Farside.create().connectNow(server.uri())) {
      say("server  process %d with a heap of 64 MiB, at %s", server.pid(), server.uri());
      RemoteDirectory directory = peer.lookup(Serve.DIRECTORY, RemoteDirectory.class);
      Path copy = here.resolve("copy.bin");
      var down = new Meter(main.err(), Meter.hasConsole());
      new Download(directory, "big.bin", copy, down).run();
      say("get     %s with the comparison of checksums", down.summary());
      var up = new Meter(main.err(), Meter.hasConsole());
      new Upload(directory, copy, "back.bin", up).run();
      say("put     %s with the comparison of checksums", up.summary());
      memory(peer.lookup(Serve.PROCESS, RemoteProcess.class));
      return compare(directory);
    }
  }

  private int compare(RemoteDirectory directory) {
    List<String> sums =
        Stream.of("big.bin", "back.bin")
            .map(name -> String.valueOf(directory.sha256(name, Long.MAX_VALUE).block()))
            .toList();
    boolean same = sums.get(0).equals(sums.get(1));
    say("sha256  %s, there and back: %s", sums.get(0), same ? "the same" : "DIFFERENT");
    return same ? 0 : ExitCodes.UNEXPECTED;
  }

  private void memory(RemoteProcess server) {
    say(
        "memory  server at most %d MiB, client at most %d MiB %s (client's heap limit: %d MiB)",
        server.peakMemory() >> 20,
        PeakMemory.ofThisProcess() >> 20,
        PeakMemory.isResident() ? "resident" : "in the JVM's pools",
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private void generate(Path file) throws IOException {
    var random = new Random(2006);
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= Math.min(left, BLOCK)) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, BLOCK));
      }
    }
    say("file    %,d random bytes", size);
  }

  private void say(String format, Object... arguments) {
    new PrintStream(main.out(), true).printf(Locale.ROOT, format + "%n", arguments);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(directory)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
