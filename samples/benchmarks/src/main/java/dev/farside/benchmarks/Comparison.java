package dev.farside.benchmarks;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks and prints the two libraries beside each other. Takes the options of JMH:
 *
 * <pre>{@code
 * java -jar benchmarks.jar                          everything
 * java -jar benchmarks.jar ReactiveEcho -p inFlight=64 -prof gc
 * }</pre>
 */
public final class Comparison {
  private Comparison() {}

  /** Runs it. */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    var pairs = new LinkedHashMap<String, Map<Library, RunResult>>();
    for (RunResult result : new Runner(new CommandLineOptions(args)).run()) {
      Library library = Library.valueOf(result.getParams().getParam("library"));
      pairs
          .computeIfAbsent(name(result.getParams()), n -> new EnumMap<>(Library.class))
          .put(library, result);
    }
    System.out.println();
    System.out.println("| benchmark | unit | Farside | raw RSocket | ratio |");
    System.out.println("|---|---|--:|--:|--:|");
    pairs.forEach(Comparison::print);
  }

  private static String name(BenchmarkParams params) {
    var name = new StringBuilder(params.getBenchmark().replaceAll(".*\\.(\\w+)\\.\\w+$", "$1"));
    for (String key : params.getParamsKeys()) {
      if (!key.equals("library") && !key.equals("server")) {
        name.append(", ").append(key).append(' ').append(params.getParam(key));
      }
    }
    return name.toString();
  }

  private static void print(String name, Map<Library, RunResult> pair) {
    RunResult farside = pair.get(Library.FARSIDE);
    RunResult raw = pair.get(Library.RAW_RSOCKET);
    if (farside != null && raw != null) {
      System.out.printf(
          "| %s | %s | %,.0f | %,.0f | %.2f |%n",
          name,
          raw.getPrimaryResult().getScoreUnit(),
          farside.getPrimaryResult().getScore(),
          raw.getPrimaryResult().getScore(),
          speed(farside) / speed(raw));
    }
  }

  /** The greater, the better. */
  private static double speed(RunResult result) {
    double score = result.getPrimaryResult().getScore();
    return result.getParams().getMode() == Mode.Throughput ? score : 1 / score;
  }
}
