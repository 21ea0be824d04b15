package dev.farside.samples.files;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The streaming file reader: a directory served to other machines, and commands that read and write
 * its files as if they were here.
 *
 * <pre>{@code
 * farside-files serve /srv/logs --listen tcp://127.0.0.1:7000
 * farside-files tail -f tcp://127.0.0.1:7000 app.log
 * farside-files get tcp://127.0.0.1:7000 big.iso
 * farside-files demo
 * }</pre>
 *
 * <p>A failure is one line on standard error and an exit code of its own; see {@link ExitCodes}.
 */
@Command(
    name = "farside-files",
    description = "Reads and writes the files of another machine.",
    mixinStandardHelpOptions = true,
    version = "farside-files 0.1.0",
    subcommands = {
      Serve.class,
      Cat.class,
      Head.class,
      Tail.class,
      Ls.class,
      Get.class,
      Put.class,
      Sha256.class,
      FiveLines.class,
      Demo.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:success",
      " 1:an unexpected failure",
      " 2:wrong usage of the command line",
      " 3:no such file",
      " 4:a directory, where a file was meant",
      " 5:permission denied",
      " 6:the path leads out of the exported directory",
      " 7:nobody listens at the URI",
      " 8:the connection was lost; get keeps what has arrived",
      " 9:the file changed while it was transferred",
      "10:a local file cannot be read or written",
      "11:whoever listens at the URI serves no directory",
      "12:serve cannot listen at the URI"
    })
public final class Main {
  private final OutputStream out;
  private final PrintStream err;

  private Main(OutputStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs one command and ends this JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /** Runs one command with other standard streams; gives its exit code. */
  static int run(OutputStream out, PrintStream err, String... args) {
    return new CommandLine(new Main(out, err))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(new UsageLine())
        .setExecutionExceptionHandler(new FailureLine())
        .execute(args);
  }

  /** Standard output, for bytes. */
  OutputStream out() {
    return out;
  }

  /** Standard error, for progress. */
  PrintStream err() {
    return err;
  }
}
