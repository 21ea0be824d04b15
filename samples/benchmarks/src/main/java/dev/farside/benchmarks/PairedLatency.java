package dev.farside.benchmarks;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How long the only caller waits for its answer: 32 bytes there and back. The libraries take turns
 * in one pair of client and servers, a thousand calls at a time, so that what disturbs the machine
 * disturbs both; each turn has its median, and each pair of turns its ratio.
 *
 * <pre>{@code
 * java -cp 'benchmarks.jar:lib/*' dev.farside.benchmarks.PairedLatency [turns]
 * }</pre>
 */
public final class PairedLatency {
  private static final int CALLS = 1_000;
  private static final int DEFAULT_TURNS = 120;

  private PairedLatency() {}

  /** Runs it. */
  public static void main(String[] args) {
    int turns = args.length == 0 ? DEFAULT_TURNS : Integer.parseInt(args[0]);
    System.out.println("| benchmark | Farside, µs | raw RSocket, µs | ratio, quartiles |");
    System.out.println("|---|--:|--:|--:|");
    compare("blocking", turns, client -> client.echoNow(ReactiveEcho.TEXT));
    compare(
        "reactive",
        turns,
        client -> Objects.requireNonNull(client.echo(ReactiveEcho.TEXT).block()));
  }

  /** The first half of the turns warms up. */
  private static void compare(String name, int turns, Consumer<Client> call) {
    double[] farside = new double[turns];
    double[] raw = new double[turns];
    try (ServerProcess ours = ServerProcess.start(Library.FARSIDE);
        ServerProcess theirs = ServerProcess.start(Library.RAW_RSOCKET);
        Client ourClient = Library.FARSIDE.connect(ours.address());
        Client theirClient = Library.RAW_RSOCKET.connect(theirs.address())) {
      for (int turn = 0; turn < turns; turn++) {
        farside[turn] = medianMicros(ourClient, call);
        raw[turn] = medianMicros(theirClient, call);
      }
    }
    print(name, measured(farside), measured(raw));
  }

  private static double medianMicros(Client client, Consumer<Client> call) {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      call.accept(client);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[CALLS / 2] / 1e3;
  }

  private static double[] measured(double[] turns) {
    return Arrays.copyOfRange(turns, turns.length / 2, turns.length);
  }

  private static void print(String name, double[] farside, double[] raw) {
    double[] ratios = new double[farside.length];
    Arrays.setAll(ratios, i -> farside[i] / raw[i]);
    System.out.printf(
        "| %s, one caller | %.0f | %.0f | %.2f (%.2f to %.2f) |%n",
        name,
        quantile(farside, 0.5),
        quantile(raw, 0.5),
        quantile(ratios, 0.5),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
