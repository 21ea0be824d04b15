package dev.farside.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;

/** Calls with one result, made and answered reactively, so many at the same time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReactiveEcho {
  static final String TEXT = "0123456789abcdef0123456789abcdef";
  private static final int CALLS = 8192;

  /** How many calls wait for their answers. */
  @Param({"1", "64", "256"})
  public int inFlight;

  /** 32 bytes there and back. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public @Nullable String echo(Connected connected) {
    Client client = connected.client();
    return Flux.range(0, CALLS).flatMap(i -> client.echo(TEXT), inFlight).blockLast();
  }
}
