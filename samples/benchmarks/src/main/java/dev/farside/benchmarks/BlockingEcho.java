package dev.farside.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Calls with one result, each caller's thread waiting for its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class BlockingEcho {
  private static final int CALLS = 8192;

  /** How many threads call. */
  @Param({"1", "64", "256"})
  public int callers;

  private ExecutorService threads;

  /** Starts the callers. */
  @Setup(Level.Trial)
  public void start() {
    threads = Executors.newFixedThreadPool(callers);
  }

  /** Ends the callers. */
  @TearDown(Level.Trial)
  public void stop() {
    threads.shutdownNow();
  }

  /** 32 bytes there and back. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public List<String> echo(Connected connected) throws InterruptedException, ExecutionException {
    Client client = connected.client();
    var results = new ArrayList<String>();
    Callable<String> share = () -> call(client, CALLS / callers);
    for (Future<String> result : threads.invokeAll(Collections.nCopies(callers, share))) {
      results.add(result.get());
    }
    return results;
  }

  private static String call(Client client, int calls) {
    String last = "";
    for (int i = 0; i < calls; i++) {
      last = client.echoNow(ReactiveEcho.TEXT);
    }
    return last;
  }
}
